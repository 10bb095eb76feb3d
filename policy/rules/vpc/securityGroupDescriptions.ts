import { isSet } from "../../lib/isSet";
import { type Finding, resourceRule } from "../../lib/rule";

export const vpcSecurityGroupDescriptions = resourceRule({
  name: "vpc-security-group-descriptions",
  title: "Security groups and their rules say what they are for",
  why: "Nobody dares to remove a rule that nobody can explain. A group's description cannot be changed later.",
  cure: "Set `description`.",
  severity: "low",
  tier: "strict",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-groups.html",
  controls: ["CKV_AWS_23", "AwsSolutions-EC27"],
  types: [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  ],
  check({ type, props }) {
    const inside = type === "aws:ec2/securityGroup:SecurityGroup" ? [props.ingress, props.egress] : [];
    return [...missing(props, ""), ...inside.flatMap((rules = []) => rules).flatMap(ruleInside)];
  },
});

const ruleInside = (rule: { description?: string; fromPort: number; toPort: number }) =>
  missing(rule, ` of the rule for ports ${rule.fromPort}-${rule.toPort}`);

function missing(described: { description?: string }, where: string): Finding[] {
  return isSet(described, "description") ? [] : [{ found: `no description${where}`, allowed: "a sentence" }];
}
