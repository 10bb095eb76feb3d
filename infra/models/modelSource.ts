import type * as pulumi from "@pulumi/pulumi";
import type { Permission } from "../inferenceFunction";
import type { FileSystemMount } from "../modelVolume";
import type { VpcAttachment } from "../network";
import type { ArchiveFiles } from "../packaging/writeArchive";
import type { SharedParts } from "../sharedParts";
import { type BundleSource, bundleSource } from "./bundle";
import { type S3Source, s3Source } from "./s3";
import { type SageMakerSource, sageMakerSource } from "./sagemaker";
import { type VolumeSource, volumeSource } from "./volume";

/** Where a function's model comes from. */
export type ModelSource = BundleSource | S3Source | VolumeSource | SageMakerSource;

/** Whose model it is. */
export interface ModelOwner {
  /** The endpoint's name. */
  readonly name: string;
  /** The endpoint's folder, absolute. */
  readonly folder: string;
  readonly shared: SharedParts;
  /** Of the resources that the model needs. */
  readonly parent: pulumi.Resource;
}

/** What a model source brings to its function: made in one place, so that name, permission and file cannot drift apart. */
export interface ModelFiles {
  readonly files: ArchiveFiles;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly permissions: readonly Permission[];
  readonly vpc?: VpcAttachment;
  readonly fileSystem?: FileSystemMount;
}

export function resolveModel(source: ModelSource, owner: ModelOwner): ModelFiles {
  switch (source.source) {
    case "bundle":
      return bundleSource(source, owner);
    case "s3":
      return s3Source(source, owner);
    case "volume":
      return volumeSource(source, owner);
    case "sagemaker":
      return sageMakerSource(source, owner);
  }
}
