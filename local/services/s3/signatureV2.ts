import { createHmac, timingSafeEqual } from "node:crypto";
import type { AccessKey } from "../iam/accessKeys";
import type { Verified } from "../iam/sigv4/verifySignature";
import { S3Error } from "./s3Error";
import type { S3Options } from "./s3Options";
import type { S3Request } from "./wire/s3Request";

// Signature Version 2, which boto3 and `aws s3 presign` still presign with in us-east-1.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html

/** A request's signature, and whose it is. */
export interface Authenticated {
  readonly verified: Verified;
  readonly caller: AccessKey;
}

/** Query parameters that are part of what is signed. */
const SIGNED_PARAMETERS = new Set(
  `acl cors delete lifecycle location logging notification partNumber policy requestPayment response-cache-control
  response-content-disposition response-content-encoding response-content-language response-content-type response-expires
  restore tagging torrent uploadId uploads versionId versioning versions website`.split(/\s+/),
);
/** How far a request's date may be off. */
const MAX_SKEW_MS = 15 * 60 * 1000;

interface Signature {
  readonly accessKeyId: string;
  readonly signature: string;
  /** The line of the signed text that says when. */
  readonly date: string;
}

export function isSignedByVersion2(request: S3Request): boolean {
  return (
    (request.header("authorization")?.startsWith("AWS ") ?? false) ||
    request.query("AWSAccessKeyId") !== undefined
  );
}

/** @throws S3Error */
export async function verifyVersion2(
  request: S3Request,
  { accessKeys, region }: Pick<S3Options, "accessKeys" | "region">,
  now: Date,
): Promise<Authenticated> {
  if (region !== "us-east-1") {
    throw new S3Error("InvalidRequest", {
      message: "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
    });
  }
  const given =
    request.query("AWSAccessKeyId") === undefined ? fromHeader(request, now) : fromQuery(request, now);
  const caller = await accessKeys.lookup(given.accessKeyId);
  if (!caller) {
    throw new S3Error("InvalidAccessKeyId", { details: { AWSAccessKeyId: given.accessKeyId.slice(0, 100) } });
  }
  if (caller.sessionToken !== request.header("x-amz-security-token")) throw new S3Error("InvalidToken");
  const text = stringToSign(request, given.date);
  const key = caller.secretAccessKey;
  // As with version 4, a header's text may have been signed as UTF-8 and sent as Latin-1.
  const isSigned = (["latin1", "utf8"] as const).some((encoding) =>
    isSame(given.signature, createHmac("sha1", key).update(Buffer.from(text, encoding)).digest("base64")),
  );
  if (!isSigned) {
    throw new S3Error("SignatureDoesNotMatch", {
      details: {
        AWSAccessKeyId: given.accessKeyId,
        StringToSign: text,
        SignatureProvided: given.signature,
        StringToSignBytes: (Buffer.from(text, "latin1").toString("hex").match(/../g) ?? []).join(" "),
      },
    });
  }
  const verified = {
    accessKeyId: given.accessKeyId,
    payloadHash: request.header("x-amz-content-sha256") ?? "UNSIGNED-PAYLOAD",
    signature: given.signature,
    signingKey: Buffer.alloc(0),
    timestamp: "",
    // In a query it says when it ends, not when it began.
    time: Number.NaN,
    scope: "",
  };
  return { verified, caller };
}

function fromHeader(request: S3Request, now: Date): Signature {
  const [, accessKeyId = "", signature = ""] =
    /^AWS ([^:]+):(.+)$/.exec(request.header("authorization") ?? "") ?? [];
  const amzDate = request.header("x-amz-date");
  const date = request.header("date");
  const time = Date.parse(amzDate ?? date ?? "");
  if (accessKeyId === "" || Number.isNaN(time)) {
    throw new S3Error("AccessDenied", {
      message: "AWS authentication requires a valid Date or x-amz-date header",
    });
  }
  if (Math.abs(now.getTime() - time) > MAX_SKEW_MS) throw new S3Error("RequestTimeTooSkewed");
  return { accessKeyId, signature, date: amzDate === undefined ? (date ?? "") : "" };
}

function fromQuery(request: S3Request, now: Date): Signature {
  const accessKeyId = request.queryValue("AWSAccessKeyId");
  const signature = request.queryValue("Signature");
  const expires = request.queryValue("Expires");
  if (accessKeyId === undefined || signature === undefined || expires === undefined) {
    throw new S3Error("AccessDenied", {
      message: "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters",
    });
  }
  const end = Number(expires) * 1000;
  if (!Number.isFinite(end) || end > 8.64e15) {
    throw new S3Error("AccessDenied", { message: "Invalid date (should be seconds since epoch)" });
  }
  if (now.getTime() > end) {
    const iso = (time: Date) => time.toISOString().replace(/\.\d+Z$/, "Z");
    throw new S3Error("AccessDenied", {
      message: "Request has expired",
      details: { Expires: iso(new Date(end)), ServerTime: iso(now) },
    });
  }
  return { accessKeyId, signature, date: expires };
}

function stringToSign(request: S3Request, date: string): string {
  // Presigning puts these two into the query, too.
  const header = (name: string) => request.header(name) ?? request.queryValue(name) ?? "";
  const amzHeaders = request
    .allHeaders("x-amz-")
    .map(
      ([name, value]) =>
        `${name}:${value
          .split("\n")
          .map((line) => line.trim())
          .join(" ")
          .trim()}\n`,
    )
    .sort();
  return [
    request.method,
    header("content-md5"),
    header("content-type"),
    date,
    amzHeaders.join("") + resourceOf(request),
  ].join("\n");
}

function resourceOf(request: S3Request): string {
  const parameters = request
    .parameterNames()
    .filter((name) => SIGNED_PARAMETERS.has(name))
    .sort()
    .map((name) => {
      const value = request.queryValue(name);
      return value === undefined ? name : `${name}=${value}`;
    });
  const bucket = request.isVirtualHosted ? `/${request.bucket}` : "";
  return bucket + request.path + (parameters.length > 0 ? `?${parameters.join("&")}` : "");
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
