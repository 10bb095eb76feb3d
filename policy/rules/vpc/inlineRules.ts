import { resourceRule } from "../../lib/rule";

export const vpcInlineRules = resourceRule({
  name: "vpc-inline-rules",
  title: "A security group's rules are resources of their own",
  why: "Rules inside a group remove those outside it at each deployment, and the next one brings them back.",
  cure: "Take `ingress` and `egress` out of the group and make SecurityGroupIngressRules and SecurityGroupEgressRules of them.",
  severity: "high",
  tier: "strict",
  url: "https://www.pulumi.com/registry/packages/aws/api-docs/ec2/securitygroup/",
  types: ["aws:ec2/securityGroup:SecurityGroup"],
  check({ props: { ingress = [], egress = [] } }) {
    const inside = ingress.length + egress.length;
    return inside === 0 ? undefined : { found: `${inside} rules inside it`, allowed: "none" };
  },
});
