import { stackRule } from "../../lib/rule";

/** Types whose references to a group do not attach it. */
const AMONG_THEMSELVES: readonly string[] = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
];

export const vpcSecurityGroupUsed = stackRule({
  name: "vpc-security-group-used",
  title: "A security group is attached to something",
  why: "A group that nothing has is one that the next person takes, with all its rules.",
  cure: "Name it in a function's `vpcConfig`, a mount target or an endpoint, or remove it.",
  severity: "low",
  tier: "strict",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html",
  controls: ["CKV2_AWS_5"],
  types: ["aws:ec2/securityGroup:SecurityGroup"],
  check(group, { stack }) {
    const isUsed = stack.resources.some(
      ({ type, propertyDependencies }) =>
        !AMONG_THEMSELVES.includes(type) &&
        Object.values(propertyDependencies)
          .flat()
          .some(({ urn }) => urn === group.urn),
    );
    return isUsed ? undefined : { found: "attached to nothing", allowed: "a function, target or endpoint" };
  },
});
