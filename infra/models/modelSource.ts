import type * as pulumi from "@pulumi/pulumi";
import type { Permission } from "../inferenceFunction";
import type { ArchiveFiles } from "../packaging/writeArchive";
import { type BundleSource, bundleSource } from "./bundle";

/** Where a function's model comes from. */
export type ModelSource = BundleSource;

/** What a model source brings to its function: made in one place, so that name, permission and file cannot drift apart. */
export interface ModelFiles {
  readonly files: ArchiveFiles;
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly permissions: readonly Permission[];
}

/** @param folder  The endpoint's folder, absolute. */
export function resolveModel(source: ModelSource, folder: string): ModelFiles {
  switch (source.source) {
    case "bundle":
      return bundleSource(source, folder);
  }
}
