import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const efsKms = resourceRule({
  name: "efs-kms",
  title: "A file system is encrypted with a key of its own",
  why: "AWS's key encrypts as well; a key of its own adds control over who reads. Models here are not secret, so it is off.",
  cure: "Set `kmsKeyId`.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html",
  controls: ["CKV_AWS_184"],
  types: ["aws:efs/fileSystem:FileSystem"],
  check({ props }) {
    return isSet(props, "kmsKeyId") ? undefined : { found: "AWS's key", allowed: "a KMS key" };
  },
});
