import { stackRule } from "../../lib/rule";

export const efsBackup = stackRule({
  name: "efs-backup",
  title: "A file system is backed up",
  why: "What is lost can be brought back. The models on it are copies of the bucket's objects, so it is off.",
  cure: "Make a BackupPolicy with status ENABLED (setting `paddock:volumeBackup`).",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/efs/latest/ug/awsbackup.html",
  controls: ["EFS.2", "EFS.7"],
  types: ["aws:efs/fileSystem:FileSystem"],
  check(fileSystem, { stack }) {
    const policies = stack.referring(fileSystem, "aws:efs/backupPolicy:BackupPolicy", "fileSystemId");
    if (policies.some(({ props }) => props.backupPolicy.status === "ENABLED")) return undefined;
    return { found: "no backup", allowed: "status ENABLED" };
  },
});
