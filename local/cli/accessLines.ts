import type { IssuedKey } from "../services/iam/accessKeyRing";

/** Command lines that export the administrator's key, and look at what is in the local S3. */
export function accessLines({ accessKeyId, secretAccessKey }: IssuedKey, s3Endpoint: unknown): string {
  return [
    `  export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SESSION_TOKEN= \\`,
    `    AWS_SECRET_ACCESS_KEY=${secretAccessKey}`,
    `  aws s3 ls --endpoint-url ${s3Endpoint}`,
  ].join("\n");
}
