import type * as pulumi from "@pulumi/pulumi";
import type { FileSystemMount } from "../modelVolume";
import type { VpcAttachment } from "../network";
import type { ArchiveFiles } from "../packaging/writeArchive";
import type { Grant } from "../policyDocument";

/**
 * A model source's part in its function: created in one place, so that environment variable, permission and file cannot
 * drift apart.
 */
export interface ModelFiles {
  readonly files: ArchiveFiles;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly permissions: readonly Grant[];
  /** Bytes of the largest model that the function loads, if models are uploaded after a deployment. */
  readonly modelLimit?: number;
  readonly vpc?: VpcAttachment;
  readonly fileSystem?: FileSystemMount;
}
