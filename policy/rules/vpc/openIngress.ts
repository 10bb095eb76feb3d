import { addressRanges, isAnywhere } from "../../lib/addressRanges";
import type { Judged } from "../../lib/resourceTypes";
import { resourceRule } from "../../lib/rule";

const TYPES = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
] as const;

export const vpcOpenIngress = resourceRule({
  name: "vpc-open-ingress",
  title: "No security group lets in everyone",
  why: "Nothing here listens to the internet: functions are called by Lambda, not over their network.",
  cure: "Name the security group that may connect.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  controls: ["EC2.18", "EC2.19", "CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "CKV_AWS_277", "EC23"],
  types: TYPES,
  check(resource) {
    return sourcesOf(resource)
      .filter(isAnywhere)
      .map((source) => ({ found: `connections from ${source}`, allowed: "from security groups" }));
  },
});

function sourcesOf(resource: Judged<(typeof TYPES)[number]>): (string | undefined)[] {
  switch (resource.type) {
    case "aws:ec2/securityGroup:SecurityGroup":
      return (resource.props.ingress ?? []).flatMap(addressRanges);
    case "aws:ec2/securityGroupRule:SecurityGroupRule":
      return resource.props.type === "ingress" ? addressRanges(resource.props) : [];
    default:
      return [resource.props.cidrIpv4, resource.props.cidrIpv6];
  }
}
