import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, required, served } from "../../../resources/treatment";
import { known } from "../../../resources/value";
import { checkPolicyDocument } from "../../iam/checkPolicyDocument";
import type { VolumeService } from "../volumeService";

/** Settings of a file system that are resources of their own; AWS deletes them with it. */

const deletedWith = { type: "aws:efs/fileSystem:FileSystem", property: "fileSystemId" } as const;

/** Whether AWS Backup saves a file system daily. */
export const backupPolicy = defineType<typeof aws.efs.BackupPolicy, VolumeService>(
  "aws:efs/backupPolicy:BackupPolicy",
  {
    properties: {
      backupPolicy: inert("nothing is backed up here"),
      fileSystemId: required,
      region: served,
    },
    replaceOn: ["fileSystemId"],
    deletedWith,
    check({ backupPolicy }) {
      const status = known(known(backupPolicy)?.status);
      if (status !== undefined && status !== "ENABLED" && status !== "DISABLED") {
        throw new Error(`\`backupPolicy.status\` is "${status}"; EFS takes ENABLED and DISABLED`);
      }
    },
    outputs: (inputs) => ({
      id: known(inputs.fileSystemId) ?? "",
    }),
  },
);

/** Who may mount a file system, and how. */
export const fileSystemPolicy = defineType<typeof aws.efs.FileSystemPolicy, VolumeService>(
  "aws:efs/fileSystemPolicy:FileSystemPolicy",
  {
    properties: {
      bypassPolicyLockoutSafetyCheck: inert("nothing is locked out here"),
      fileSystemId: required,
      policy: inert("a mount is a folder of this machine, and asks nobody"),
      region: served,
    },
    replaceOn: ["fileSystemId"],
    deletedWith,
    check: ({ policy }) => checkPolicyDocument(policy, "resource"),
    outputs: (inputs) => ({
      id: known(inputs.fileSystemId) ?? "",
    }),
  },
);
