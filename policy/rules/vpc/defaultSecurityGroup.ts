import { stackRule } from "../../lib/rule";

export const vpcDefaultSecurityGroup = stackRule({
  name: "vpc-default-security-group",
  title: "A VPC's default security group is in the stack's hands",
  why: "What is made without a group gets this one, and it starts out open to itself and the internet.",
  cure: "Make a DefaultSecurityGroup of the VPC without `ingress` and `egress`.",
  severity: "high",
  tier: "strict",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
  controls: ["EC2.2", "CKV2_AWS_12"],
  types: ["aws:ec2/vpc:Vpc"],
  check(vpc, { stack }) {
    const groups = stack.referring(vpc, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "vpcId");
    return groups.length > 0
      ? undefined
      : { found: "the default security group as AWS made it", allowed: "one without rules" };
  },
});
