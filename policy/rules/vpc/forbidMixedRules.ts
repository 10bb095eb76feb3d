import { stackRule } from "../../lib/rule";

export const forbidMixedRules = stackRule({
  name: "vpc-mixed-rules",
  title: "A security group's rules are all inside it or all resources of their own",
  why: "Rules inside a group remove those outside it at each deployment, and the next one brings them back.",
  cure: "Take `ingress` and `egress` out of the group and make rules of them.",
  severity: "high",
  url: "https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/",
  controls: ["security-group-no-rule-management-conflicts"],
  types: ["aws:ec2/securityGroup:SecurityGroup"],
  check(group, { stack }) {
    const inside = (group.props.ingress?.length ?? 0) + (group.props.egress?.length ?? 0);
    const outside = [
      ...stack.referring(
        group,
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "securityGroupId",
      ),
      ...stack.referring(group, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "securityGroupId"),
    ].length;
    if (inside === 0 || outside === 0) return undefined;
    return { found: `${inside} rules inside and ${outside} outside`, allowed: "one way" };
  },
});
