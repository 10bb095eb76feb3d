import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Archive } from "./writeArchive";

/** Lambda's limit on an archive in the request itself: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const MAX_DIRECT_UPLOAD_BYTES = 50 * 1024 * 1024;

/** Storage for archives that are too large for a direct upload. */
export interface ArtifactStore {
  /** The bucket, made when it is first asked for: most stacks need none. */
  bucket(): pulumi.Input<string>;
}

/** How a function or a layer refers to its archive. */
export type Code =
  | { readonly code: Promise<pulumi.asset.FileArchive> }
  | { readonly s3Bucket: pulumi.Input<string>; readonly s3Key: pulumi.Input<string> };

/** The archive itself up to 50 MB zipped, else an object of the stack's artifact bucket. */
export function codeOf(
  name: string,
  archive: Archive,
  artifacts: ArtifactStore,
  parent: pulumi.Resource,
): Code {
  if (archive.zippedSize <= MAX_DIRECT_UPLOAD_BYTES)
    return { code: archive.written.then(() => new pulumi.asset.FileArchive(archive.path)) };
  const object = new aws.s3.BucketObjectv2(
    `${name}-package`,
    {
      bucket: artifacts.bucket(),
      // The path contains the content's hash: new content is a new object, so the function changes.
      key: path.basename(archive.path),
      source: new pulumi.asset.FileAsset(archive.path),
    },
    { parent },
  );
  return { s3Bucket: object.bucket, s3Key: object.key };
}
