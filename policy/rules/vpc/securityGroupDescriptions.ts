import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const vpcSecurityGroupDescriptions = resourceRule({
  name: "vpc-security-group-descriptions",
  title: "Security groups and their rules say what they are for",
  why: "Nobody dares to remove a rule that nobody can explain. A group's description cannot be changed later.",
  cure: "Set `description`.",
  severity: "low",
  tier: "strict",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-groups.html",
  controls: ["CKV_AWS_23", "EC27"],
  types: [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  ],
  check({ props }) {
    return isSet(props, "description") ? undefined : { found: "no description", allowed: "a sentence" };
  },
});
