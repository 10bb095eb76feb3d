import type * as pulumi from "@pulumi/pulumi";
import type { Permission } from "../inferenceFunction";
import type { FileSystemMount } from "../modelVolume";
import type { VpcAttachment } from "../network";
import type { ArchiveFiles } from "../packaging/writeArchive";

/** What a model source brings to its function: made in one place, so that name, permission and file cannot drift apart. */
export interface ModelFiles {
  readonly files: ArchiveFiles;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly permissions: readonly Permission[];
  readonly vpc?: VpcAttachment;
  readonly fileSystem?: FileSystemMount;
}
