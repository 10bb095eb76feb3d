import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const efsZones = resourceRule({
  name: "efs-zones",
  title: "A file system is kept in several zones",
  why: "One Zone loses everything with its zone, and only functions there can mount it cheaply.",
  cure: "Remove `availabilityZoneName`.",
  severity: "low",
  tier: "strict",
  url: "https://docs.aws.amazon.com/efs/latest/ug/availability-durability.html",
  types: ["aws:efs/fileSystem:FileSystem"],
  check({ props }) {
    return isSet(props, "availabilityZoneName") ? { found: "One Zone", allowed: "several zones" } : undefined;
  },
});
