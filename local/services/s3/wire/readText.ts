import type { Verified } from "../../iam/sigv4/verifySignature";
import { S3Error } from "../s3Error";
import { checkedBody } from "./checkedBody";
import type { S3Request } from "./s3Request";

/** A list of 1,000 keys of 1,024 bytes, every byte an entity, or of 10,000 parts, takes less. */
const maxBytes = 8 * 1024 ** 2;

/** The body of a request that is XML, checked and whole. @throws S3Error EntityTooLarge over 8 MiB */
export async function readText(
  request: S3Request,
  verified: Verified,
  options: { readonly ownChecksum?: boolean } = {},
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of checkedBody(request, verified, options).chunks) {
    size += chunk.length;
    if (size > maxBytes) throw new S3Error("EntityTooLarge", undefined, { MaxSizeAllowed: maxBytes });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
