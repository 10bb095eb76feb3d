import { isAnywhere } from "../../lib/isAnywhere";
import { resourceRule } from "../../lib/rule";

export const forbidOpenIngress = resourceRule({
  name: "vpc-open-ingress",
  title: "No security group lets in everyone",
  why: "Nothing here listens to the internet: functions are called by Lambda, not over their network.",
  cure: "Name the security group that may connect.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  controls: ["EC2.18", "EC2.19", "CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "CKV_AWS_277", "EC23"],
  types: ["aws:ec2/securityGroup:SecurityGroup", "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"],
  check(resource) {
    const sources =
      resource.type === "aws:ec2/securityGroup:SecurityGroup"
        ? (resource.props.ingress ?? []).flatMap(({ cidrBlocks = [], ipv6CidrBlocks = [] }) => [
            ...cidrBlocks,
            ...ipv6CidrBlocks,
          ])
        : [resource.props.cidrIpv4, resource.props.cidrIpv6];
    return sources
      .filter(isAnywhere)
      .map((source) => ({ found: `connections from ${source}`, allowed: "from security groups" }));
  },
});
