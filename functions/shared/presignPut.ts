import type { S3Client } from "@aws-sdk/client-s3";
import { s3 } from "./s3";

let shared: S3Client | undefined;

/** Never sends anything itself: the SDK's default would sign the checksum of an empty body into the URL. */
function client(): S3Client {
  shared ??= new (s3().S3Client)({ requestChecksumCalculation: "WHEN_REQUIRED" });
  return shared;
}

/** What an upload may be. */
export interface PutTerms {
  readonly bucket: string;
  readonly key: string;
  /** Seconds that the URL holds; not longer than the credentials it is signed with. */
  readonly expiresIn: number;
  /** Bytes; given, a body of another length is refused. */
  readonly size?: number;
}

/**
 * A URL to `PUT` one object to, by whoever has it. Signed are method, bucket, key, expiry and where given the length,
 * nothing else, so that `curl --upload-file` needs no header.
 */
export function presignPut({ bucket, key, expiresIn, size }: PutTerms): Promise<string> {
  const command = new (s3().PutObjectCommand)({ Bucket: bucket, Key: key, ContentLength: size });
  return s3().getSignedUrl(client(), command, { expiresIn });
}
