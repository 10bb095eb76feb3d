import { type BundleSource, bundleSource } from "./bundle";
import type { ModelFiles } from "./modelFiles";
import type { ModelOwner } from "./modelOwner";
import { type S3Source, s3Source } from "./s3";
import { type SageMakerSource, sageMakerSource } from "./sagemaker";
import { type VolumeSource, volumeSource } from "./volume";

/** The source of a function's model. */
export type ModelSource = BundleSource | S3Source | VolumeSource | SageMakerSource;

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
