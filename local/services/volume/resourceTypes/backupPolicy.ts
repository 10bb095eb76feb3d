import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";

/** Whether AWS Backup saves a file system daily; nothing is saved here. */
export const backupPolicy: LegacyResourceType<Cloud> = {
  type: "aws:efs/backupPolicy:BackupPolicy",
  inputs: ["backupPolicy", "fileSystemId", "region"],
  replaceOn: ["fileSystemId", "region"],
  check(inputs) {
    const status = read.text(read.object(inputs, "backupPolicy"), "status");
    if (status !== undefined && status !== "ENABLED" && status !== "DISABLED") {
      throw new Error(`\`backupPolicy.status\` is "${status}"; EFS takes ENABLED and DISABLED`);
    }
  },
  outputs: (inputs, _resource, place) => ({
    ...inputs,
    id: read.text(inputs, "fileSystemId") ?? "",
    region: read.text(inputs, "region") ?? place.region,
  }),
};
