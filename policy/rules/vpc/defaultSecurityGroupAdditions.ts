import { stackRule } from "../../lib/rule";

/** Types that a rule refers to where it is for the default group: a VPC names that as an output. */
const DEFAULT_GROUP: readonly string[] = [
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/defaultVpc:DefaultVpc",
  "aws:ec2/vpc:Vpc",
];

export const vpcDefaultSecurityGroupAdditions = stackRule({
  name: "vpc-default-security-group-additions",
  title: "No rule is added to a VPC's default security group",
  why: "What is made without a group gets this one: a rule for one resource opens all of those.",
  cure: "Make a security group for what needs the rule.",
  severity: "high",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
  controls: ["CKV2_AWS_12"],
  types: [
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  ],
  check({ source }) {
    // Only direct references: every other group leads to its VPC as well.
    const groups = source.propertyDependencies.securityGroupId ?? [];
    return groups.some(({ type }) => DEFAULT_GROUP.includes(type))
      ? { found: "a rule of the default security group", allowed: "a group of its own" }
      : undefined;
  },
});
