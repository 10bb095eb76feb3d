import { lazy } from "./lazy";
import { s3 } from "./s3";

/** Never sends a request itself: the SDK's default would sign the checksum of an empty body into the URL. */
const client = lazy(() => new (s3().S3Client)({ requestChecksumCalculation: "WHEN_REQUIRED" }));

/** Constraints on an upload. */
export interface PutTerms {
  readonly bucket: string;
  readonly key: string;
  /** Validity of the URL in seconds; not longer than that of the signing credentials. */
  readonly expiresIn: number;
  /** Bytes; if given, a body of another length is rejected. */
  readonly size?: number;
}

/**
 * Creates a URL that allows anyone who has it to `PUT` one object. It signs the method, bucket, key, expiry and, if
 * given, the length, so that `curl --upload-file` needs no header.
 */
export function presignPut({ bucket, key, expiresIn, size }: PutTerms): Promise<string> {
  const command = new (s3().PutObjectCommand)({ Bucket: bucket, Key: key, ContentLength: size });
  return s3().getSignedUrl(client(), command, { expiresIn });
}
