import type { AccessKey, AccessKeys } from "../iam/accessKeys";
import { SignatureError } from "../iam/sigv4/signatureError";
import { type Verified, verifySignature } from "../iam/sigv4/verifySignature";
import { S3Error } from "./s3Error";
import type { S3Request } from "./wire/s3Request";

/** Who signed a request, by header or presigned. Anonymous requests are denied: no bucket here is public. @throws S3Error */
export async function authenticate(
  request: S3Request,
  accessKeys: AccessKeys,
  now: Date,
): Promise<{ readonly verified: Verified; readonly caller: AccessKey }> {
  let caller: AccessKey | undefined;
  try {
    const lookup = async (accessKeyId: string) => {
      caller = await accessKeys.lookup(accessKeyId);
      return caller;
    };
    const verified = await verifySignature(request, lookup, { service: "s3", now: now.getTime() });
    if (!caller) throw new Error("A signature holds by nobody's key");
    return { verified, caller };
  } catch (error) {
    throw error instanceof SignatureError ? asS3Error(error) : error;
  }
}

/** S3 has an error code for each of them but one. */
export function asS3Error({ code, message }: SignatureError): S3Error {
  return code === "MissingAuthenticationToken" ? new S3Error("AccessDenied") : new S3Error(code, message);
}
