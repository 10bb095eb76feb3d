import { createHmac, timingSafeEqual } from "node:crypto";
import type { AccessKey } from "../iam/accessKeys";
import { deriveKey } from "../iam/sigv4/verifySignature";
import { invalidArgument, S3Error } from "./s3Error";
import type { S3Options } from "./s3Options";
import type { PostForm } from "./wire/postForm";

/** Fields of each signature version, by the names that S3's errors have for them. */
const VERSION_4 = ["X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Signature"];
const VERSION_2 = ["AWSAccessKeyId", "Signature"];

/**
 * Finds out who signed a form's policy.
 *
 * @throws S3Error
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 */
export async function authenticateForm(
  { fields }: PostForm,
  { accessKeys, region }: Pick<S3Options, "accessKeys" | "region">,
): Promise<AccessKey> {
  const field = (name: string) => fields.get(name.toLowerCase()) || undefined;
  const isVersion4 = VERSION_4.some(field);
  if (!isVersion4 && !VERSION_2.some(field)) throw new S3Error("AccessDenied");
  const missing = (isVersion4 ? VERSION_4 : VERSION_2).find((name) => field(name) === undefined);
  if (missing !== undefined) {
    throw invalidArgument(
      `Bucket POST must contain a field named '${missing}'.  If it is specified, please check the order of the fields.`,
      missing,
      "",
    );
  }
  if (!isVersion4 && region !== "us-east-1") {
    throw new S3Error("InvalidRequest", {
      message: "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
    });
  }
  const policy = field("policy") ?? "";
  const credential = field("X-Amz-Credential") ?? "";
  const accessKeyId = isVersion4 ? (credential.split("/")[0] ?? "") : (field("AWSAccessKeyId") ?? "");
  const caller = await accessKeys.lookup(accessKeyId);
  if (!caller) {
    throw new S3Error("InvalidAccessKeyId", { details: { AWSAccessKeyId: accessKeyId.slice(0, 100) } });
  }
  if (caller.sessionToken !== field("X-Amz-Security-Token")) throw new S3Error("InvalidToken");
  const given = field(isVersion4 ? "X-Amz-Signature" : "Signature") ?? "";
  const expected = isVersion4
    ? signVersion4(caller.secretAccessKey, credential, policy)
    : createHmac("sha1", caller.secretAccessKey).update(policy).digest("base64");
  if (isSame(given, expected)) return caller;
  throw new S3Error("SignatureDoesNotMatch", {
    details: {
      AWSAccessKeyId: accessKeyId,
      StringToSign: policy,
      SignatureProvided: given.slice(0, 200),
      StringToSignBytes: (Buffer.from(policy).toString("hex").match(/../g) ?? []).join(" "),
    },
  });
}

function signVersion4(secret: string, credential: string, policy: string): string {
  const [, date = "", region = "", service = ""] = credential.split("/");
  return createHmac("sha256", deriveKey(secret, { date, region }, service))
    .update(policy)
    .digest("hex");
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
