import { stackRule } from "../../lib/rule";
import { linkedSubnets, targetSubnets, vpcOf } from "../../lib/subnets";

export const efsMountTargets = stackRule({
  name: "efs-mount-targets",
  title: "A function finds a mount target in each of its zones, in its own VPC",
  why: "In a zone without one the function fails to start: now and then, wherever Lambda happens to place it.",
  cure: "Make a MountTarget in a subnet of every zone that the function's `vpcConfig` names.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-filesystem.html",
  types: ["aws:lambda/function:Function"],
  check(fn, { stack }) {
    const [fileSystem] = stack.references(fn, "aws:efs/fileSystem:FileSystem", "fileSystemConfig");
    if (fileSystem === undefined) return undefined;
    const targets = targetSubnets(fileSystem, stack).map(
      (subnet) => `${vpcOf(subnet, stack)} ${subnet.props.availabilityZone}`,
    );
    const missing = linkedSubnets(fn, stack)
      .filter((subnet) => !targets.includes(`${vpcOf(subnet, stack)} ${subnet.props.availabilityZone}`))
      .map(({ name, props }) => `${props.availabilityZone} (subnet ${name})`);
    if (missing.length === 0) return undefined;
    return {
      found: `no mount target in ${missing.join(", ")}`,
      allowed: "one in every zone of the function",
    };
  },
});
