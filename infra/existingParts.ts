import type { SettingsReader } from "./settingsReader";

/** Parts that were there before the stack, and that it uses in place of its own. */
export interface ExistingParts {
  /** A bucket with models, and the key of its default model. */
  readonly existingModels: { readonly dataBucket: string; readonly modelPath: string } | undefined;
  readonly existingVpc: { readonly vpcId: string; readonly subnetIds: readonly string[] } | undefined;
  /** `securityGroupId` belongs to the file system's mount targets. */
  readonly existingFileSystem:
    | { readonly fileSystemId: string; readonly securityGroupId: string }
    | undefined;
}

export function readExistingParts(config: SettingsReader): ExistingParts {
  const existingVpc = readExistingVpc(config);
  return {
    existingModels: readExistingModels(config),
    existingVpc,
    existingFileSystem: readExistingFileSystem(config, existingVpc),
  };
}

function readExistingModels(config: SettingsReader): ExistingParts["existingModels"] {
  const dataBucket = config.matching(
    "dataBucket",
    /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$/,
    "a bucket's name",
  );
  const modelPath = config.matching("modelPath", /^([^/].*\.tar\.gz)?$/, "the key of a model.tar.gz");
  if (dataBucket === undefined && modelPath === undefined) return undefined;
  if (dataBucket === undefined || modelPath === undefined) {
    throw new Error(
      "Settings `dataBucket` and `modelPath` belong together: set both, or neither for a bucket of the stack's own.",
    );
  }
  return { dataBucket, modelPath };
}

function readExistingVpc(config: SettingsReader): ExistingParts["existingVpc"] {
  const vpcId = config.id("vpcId", "vpc");
  const subnetIds = config.ids("privateSubnetIds", "subnet");
  if (vpcId === undefined && subnetIds.length === 0) return undefined;
  if (vpcId === undefined || subnetIds.length === 0) {
    throw new Error(
      "Settings `vpcId` and `privateSubnetIds` belong together: set both, or neither for a VPC of the stack's own.",
    );
  }
  return { vpcId, subnetIds };
}

function readExistingFileSystem(
  config: SettingsReader,
  existingVpc: ExistingParts["existingVpc"],
): ExistingParts["existingFileSystem"] {
  const fileSystemId = config.id("fileSystemId", "fs");
  const securityGroupId = config.id("fileSystemSecurityGroupId", "sg");
  if (fileSystemId === undefined && securityGroupId === undefined) return undefined;
  if (fileSystemId === undefined || securityGroupId === undefined) {
    throw new Error(
      "Settings `fileSystemId` and `fileSystemSecurityGroupId` belong together: set both, or neither for a file system of the stack's own.",
    );
  }
  if (existingVpc === undefined) {
    throw new Error(
      "Setting `fileSystemId` names an existing file system, which is reached in its own VPC alone: set `vpcId` and `privateSubnetIds` too.",
    );
  }
  return { fileSystemId, securityGroupId };
}
