import { resourceRule } from "../../lib/rule";

export const vpcDefaultSecurityGroupRules = resourceRule({
  name: "vpc-default-security-group-rules",
  title: "A VPC's default security group lets nothing through",
  why: "What is made without a group gets this one: nobody chose its rules for it.",
  cure: "Remove `ingress` and `egress`; make a group of its own for what needs rules.",
  severity: "high",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
  controls: ["EC2.2", "CKV2_AWS_12"],
  types: ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"],
  check({ props: { ingress = [], egress = [] } }) {
    const rules = ingress.length + egress.length;
    return rules === 0 ? undefined : { found: `${rules} rules in it`, allowed: "none" };
  },
});
