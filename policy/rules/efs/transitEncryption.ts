import { stackRule } from "../../lib/rule";
import { deniesPlainRequests } from "../../lib/statements";

export const efsTransitEncryption = stackRule({
  name: "efs-transit-encryption",
  title: "A file system refuses clients without TLS",
  why: "Lambda mounts with TLS; whoever else reaches the mount target must, too.",
  cure: "Make a FileSystemPolicy that denies `*` where `aws:SecureTransport` is false.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/efs/latest/ug/encryption-in-transit.html",
  types: ["aws:efs/fileSystem:FileSystem"],
  check(fileSystem, { stack }) {
    const policies = stack.referring(fileSystem, "aws:efs/fileSystemPolicy:FileSystemPolicy", "fileSystemId");
    if (policies.some(({ props }) => deniesPlainRequests(props.policy))) return undefined;
    return { found: "clients without TLS", allowed: "none" };
  },
});
