import { stackRule } from "../../lib/rule";

export const closeDefaultGroup = stackRule({
  name: "vpc-default-security-group",
  title: "A VPC's default security group lets nothing through",
  why: "What is made without a group gets this one, and it starts out open to itself and the internet.",
  cure: "Make a DefaultSecurityGroup of the VPC without `ingress` and `egress`.",
  severity: "high",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
  controls: ["EC2.2", "CKV2_AWS_12"],
  types: ["aws:ec2/vpc:Vpc"],
  check(vpc, { stack }) {
    const groups = stack.referring(vpc, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "vpcId");
    const rules = groups.flatMap(({ props: { ingress = [], egress = [] } }) => [...ingress, ...egress]);
    if (groups.length > 0 && rules.length === 0) return undefined;
    const found =
      groups.length === 0 ? "the default security group as AWS made it" : `${rules.length} rules in it`;
    return { found, allowed: "no rules" };
  },
});
