import type { AccessKey } from "../iam/accessKeys";
import type { SignatureError } from "../iam/sigv4/signatureError";
import { verifySignature } from "../iam/sigv4/verifySignature";
import { S3Error } from "./s3Error";
import type { S3Options } from "./s3Options";
import { type Authenticated, isSignedByVersion2, verifyVersion2 } from "./signatureV2";
import type { S3Request } from "./wire/s3Request";

/** Finds out who signed a request, by header or presigned. Anonymous requests are denied: no bucket here is public. @throws S3Error, SignatureError */
export async function authenticate(
  request: S3Request,
  options: Pick<S3Options, "accessKeys" | "region">,
  now: Date,
): Promise<Authenticated> {
  if (isSignedByVersion2(request)) return verifyVersion2(request, options, now);
  let caller: AccessKey | undefined;
  const lookup = async (accessKeyId: string) => {
    caller = await options.accessKeys.lookup(accessKeyId);
    return caller;
  };
  const verified = await verifySignature(request, lookup, { service: "s3", now: now.getTime() });
  if (!caller) throw new Error("Verified signature has no owner (a bug in the local cloud).");
  return { verified, caller };
}

/** Whether a request claims to be signed. */
export function isSigned(request: S3Request): boolean {
  return (
    request.header("authorization") !== undefined ||
    ["X-Amz-Signature", "X-Amz-Algorithm", "AWSAccessKeyId", "Signature"].some(
      (name) => request.query(name) !== undefined,
    )
  );
}

/** S3 has an error code for each of them but one. */
export function asS3Error({ code, message, details }: SignatureError): S3Error {
  return code === "MissingAuthenticationToken"
    ? new S3Error("AccessDenied")
    : new S3Error(code, { message, details });
}
