import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const lambdaMount = resourceRule({
  name: "lambda-mount",
  title: "A file system is mounted below /mnt/, by a function in a VPC",
  why: "AWS refuses another path, and reaches a file system only over the network it lies in.",
  cure: "Set `localMountPath` to /mnt/<name>, and `vpcConfig`.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html",
  types: ["aws:lambda/function:Function"],
  check({ props }) {
    if (props.fileSystemConfig === undefined) return undefined;
    const { localMountPath } = props.fileSystemConfig;
    if (!/^\/mnt\/[\w.-]+$/.test(localMountPath)) {
      return { found: `a file system at ${localMountPath}`, allowed: "/mnt/<name>" };
    }
    return isSet(props, "vpcConfig") ? undefined : { found: "a file system outside a VPC", allowed: "a VPC" };
  },
});
