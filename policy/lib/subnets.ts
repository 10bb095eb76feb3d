import type { Stack, StackResource } from "./stack";

type Subnet = StackResource<"aws:ec2/subnet:Subnet">;

const SUBNET = "aws:ec2/subnet:Subnet";

/** The subnets of the stack that a function runs in. */
export function functionSubnets(fn: StackResource<"aws:lambda/function:Function">, stack: Stack): Subnet[] {
  return stack.linked(fn, SUBNET, "vpcConfig", () => fn.props.vpcConfig?.subnetIds);
}

/** The subnets of the stack in which a file system has mount targets. */
export function targetSubnets(
  fileSystem: StackResource<"aws:efs/fileSystem:FileSystem">,
  stack: Stack,
): Subnet[] {
  return stack
    .referring(fileSystem, "aws:efs/mountTarget:MountTarget", "fileSystemId")
    .flatMap((target) => stack.linked(target, SUBNET, "subnetId", () => target.props.subnetId));
}
