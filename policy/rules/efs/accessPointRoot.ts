import { resourceRule } from "../../lib/rule";

export const efsAccessPointRoot = resourceRule({
  name: "efs-access-point-root",
  title: "An access point leads to a folder of its own",
  why: "From `/` a function sees, and may write, what every other one keeps there.",
  cure: "Set `rootDirectory.path`.",
  severity: "medium",
  url: "https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html",
  controls: ["EFS.3", "CKV_AWS_329"],
  types: ["aws:efs/accessPoint:AccessPoint"],
  check({ props: { rootDirectory } }) {
    const path = rootDirectory?.path ?? "/";
    return path === "/" ? { found: "root directory /", allowed: "a folder" } : undefined;
  },
});
