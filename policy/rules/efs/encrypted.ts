import { resourceRule } from "../../lib/rule";

// No remediation: encryption cannot be turned on later, the file system would be replaced by an empty one.
export const efsEncrypted = resourceRule({
  name: "efs-encrypted",
  title: "A file system is encrypted",
  why: "It can only be said when the file system is made.",
  cure: "Set `encrypted`; an existing file system is replaced by an empty one.",
  severity: "high",
  url: "https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html",
  controls: ["EFS.1", "EFS.8", "CKV_AWS_42", "AwsSolutions-EFS1"],
  types: ["aws:efs/fileSystem:FileSystem"],
  check({ props: { encrypted } }) {
    return encrypted ? undefined : { found: "not encrypted", allowed: "encrypted" };
  },
});
