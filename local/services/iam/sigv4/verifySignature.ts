import { createHmac, hash, timingSafeEqual } from "node:crypto";
import { canonicalRequest, headerValue, type SignedRequest } from "./canonicalRequest";
import { checkScope } from "./checkScope";
import { checkTime } from "./checkTime";
import { type Authentication, readAuthentication } from "./readAuthentication";
import { SignatureError } from "./signatureError";

/** A secret access key and, for temporary credentials, the token that has to come with it. */
export interface Secret {
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A request whose signature holds, with what is needed to check the chunks of a streamed body. */
export interface Verified {
  readonly accessKeyId: string;
  /**
   * The payload hash as the request has it: the hex SHA-256 of the body, `UNSIGNED-PAYLOAD` or one of the `STREAMING-…`
   * words.
   */
  readonly payloadHash: string;
  readonly signature: string;
  readonly signingKey: Buffer;
  /** `20260102T030405Z`, and the same in milliseconds since 1970. */
  readonly timestamp: string;
  readonly time: number;
  /** `20260102/eu-central-1/s3/aws4_request` */
  readonly scope: string;
}

/**
 * Checks a request signed with Signature Version 4, in the `Authorization` header or in the query (presigned).
 * The body is not read. S3 believes the hash in the header `x-amz-content-sha256`; where `bodyHash` is given, both have
 * to agree. Other services take `bodyHash` itself, whatever the header says: they know no unsigned payloads.
 * @param region  Of the service; `undefined` takes any.
 * @throws SignatureError with AWS's code, `MissingAuthenticationToken` where nothing is signed.
 */
export async function verifySignature(
  request: SignedRequest,
  lookupSecret: (accessKeyId: string) => Secret | undefined | Promise<Secret | undefined>,
  { service, region, now = Date.now() }: { service: string; region?: string; now?: number },
): Promise<Verified> {
  const authentication = readAuthentication(request);
  checkScope(authentication, { service, region });
  checkTime(authentication, service, now);
  checkEveryAmzHeaderIsSigned(request, authentication, service);
  const secret = await lookupSecret(authentication.accessKeyId);
  if (!secret) {
    throw new SignatureError(
      "InvalidAccessKeyId",
      "The AWS Access Key Id you provided does not exist in our records.",
    );
  }
  if (secret.sessionToken !== authentication.sessionToken) {
    throw new SignatureError("InvalidToken", "The provided token is malformed or otherwise invalid.");
  }
  const payloadHash = readPayloadHash(request, authentication, service);
  const { accessKeyId, timestamp, time, signedHeaders, signature } = authentication;
  const scope = [authentication.date, authentication.region, service, "aws4_request"].join("/");
  const signingKey = deriveKey(secret.secretAccessKey, authentication, service);
  const canonical = canonicalRequest(request, { service, signedHeaders, payloadHash });
  // Some clients sign the bytes that they send (Go), others a header's text as UTF-8 and send it as Latin-1 (botocore).
  const isSigned = (["latin1", "utf8"] as const).some((encoding) => {
    const stringToSign = stringToSignOf(authentication, scope, Buffer.from(canonical, encoding));
    return isSame(signature, createHmac("sha256", signingKey).update(stringToSign).digest());
  });
  if (!isSigned) {
    const stringToSign = stringToSignOf(authentication, scope, Buffer.from(canonical, "latin1"));
    throw new SignatureError(
      "SignatureDoesNotMatch",
      `The request signature we calculated does not match the signature you provided. ${service === "s3" ? "Check your key and signing method." : "Check your AWS Secret Access Key and signing method. Consult the service documentation for details."}`,
      {
        AWSAccessKeyId: accessKeyId,
        StringToSign: stringToSign,
        SignatureProvided: signature,
        StringToSignBytes: bytesOf(stringToSign),
        CanonicalRequest: canonical,
        CanonicalRequestBytes: bytesOf(canonical),
      },
    );
  }
  return { accessKeyId, payloadHash, signature, signingKey, timestamp, time, scope };
}

function stringToSignOf({ timestamp }: Authentication, scope: string, canonical: Buffer): string {
  return ["AWS4-HMAC-SHA256", timestamp, scope, sha256(canonical)].join("\n");
}

function isSame(signature: string, expected: Buffer): boolean {
  const given = Buffer.from(signature, "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Writes bytes as S3's errors do: in hexadecimal, apart. */
function bytesOf(text: string): string {
  return (Buffer.from(text, "latin1").toString("hex").match(/../g) ?? []).join(" ");
}

/** A header that changes the request's meaning and is not covered could have been added by anybody. */
function checkEveryAmzHeaderIsSigned(
  request: SignedRequest,
  { signedHeaders }: Authentication,
  service: string,
): void {
  const unsigned = Object.keys(request.headers).filter(
    (name) => name.startsWith("x-amz-") && name !== "x-amz-content-sha256" && !signedHeaders.includes(name),
  );
  if (unsigned.length === 0 && signedHeaders.includes("host")) return;
  const names = unsigned.length > 0 ? unsigned.sort().join(", ") : "host";
  const message = "There were headers present in the request which were not signed";
  throw new SignatureError("AccessDenied", service === "s3" ? message : `${message}: ${names}`, {
    HeadersNotSigned: names,
  });
}

function readPayloadHash(request: SignedRequest, { expires }: Authentication, service: string): string {
  if (service !== "s3") return request.bodyHash ?? sha256("");
  const declared = headerValue(request, "x-amz-content-sha256");
  if (declared && request.bodyHash && /^[0-9a-f]{64}$/.test(declared) && declared !== request.bodyHash) {
    throw new SignatureError(
      "XAmzContentSHA256Mismatch",
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
    );
  }
  if (declared) return declared;
  // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
  if (expires !== undefined) return "UNSIGNED-PAYLOAD";
  return request.bodyHash ?? sha256("");
}

/** The key that signs for a day, region and service. */
export function deriveKey(
  secret: string,
  { date, region }: Pick<Authentication, "date" | "region">,
  service: string,
): Buffer {
  let key: Buffer = Buffer.from(`AWS4${secret}`);
  for (const part of [date, region, service, "aws4_request"]) {
    key = createHmac("sha256", key).update(part).digest();
  }
  return key;
}

function sha256(text: string | Buffer): string {
  return hash("sha256", text);
}
