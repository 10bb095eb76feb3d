import { stackRule } from "../../lib/rule";
import { linkedSubnets, publicBecause } from "../../lib/subnets";

export const efsPrivateSubnets = stackRule({
  name: "efs-private-subnets",
  title: "Mount targets are in private subnets",
  why: "In a subnet that reaches the internet, one wrong rule of a security group opens the file system to it.",
  cure: "Set `subnetId` to a subnet that gives no public addresses and has no route to an internet gateway.",
  severity: "medium",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/efs-controls.html#efs-6",
  controls: ["EFS.6"],
  types: ["aws:efs/mountTarget:MountTarget"],
  check(target, { stack }) {
    return linkedSubnets(target, stack).flatMap((subnet) => {
      const because = publicBecause(subnet, stack);
      return because === undefined
        ? []
        : [{ found: `subnet ${subnet.name} ${because}`, allowed: "private subnets" }];
    });
  },
});
