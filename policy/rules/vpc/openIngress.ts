import { addressRanges, isAnywhere, type RangeRule } from "../../lib/addressRanges";
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
  controls: [
    "EC2.18",
    "EC2.19",
    "CKV_AWS_24",
    "CKV_AWS_25",
    "CKV_AWS_260",
    "CKV_AWS_277",
    "AwsSolutions-EC23",
  ],
  types: TYPES,
  limits: { webPorts: ["80", "443"] },
  check(resource, { limits: { webPorts } }) {
    return rulesOf(resource)
      .filter(({ sources }) => sources.some(isAnywhere))
      .map(({ sources, fromPort, toPort }) => ({
        found: `connections from ${sources.find(isAnywhere)} to ${fromPort === undefined ? "any port" : `ports ${fromPort}-${toPort}`}`,
        allowed: "from security groups",
        // A load balancer listens to everyone; a function never does.
        warning: fromPort !== undefined && fromPort === toPort && webPorts.includes(String(fromPort)),
      }));
  },
});

interface IngressRule {
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly sources: readonly (string | undefined)[];
}

function rulesOf(resource: Judged<(typeof TYPES)[number]>): IngressRule[] {
  switch (resource.type) {
    case "aws:ec2/securityGroup:SecurityGroup":
      return (resource.props.ingress ?? []).map(toRule);
    case "aws:ec2/securityGroupRule:SecurityGroupRule":
      return resource.props.type === "ingress" ? [toRule(resource.props)] : [];
    default: {
      const { cidrIpv4, cidrIpv6, fromPort, toPort } = resource.props;
      return [{ fromPort, toPort, sources: [cidrIpv4, cidrIpv6] }];
    }
  }
}

/** Protocol `-1` has every port, whatever they say. */
function toRule(rule: RangeRule & { fromPort: number; toPort: number; protocol: string }): IngressRule {
  const sources = addressRanges(rule);
  return rule.protocol === "-1" ? { sources } : { fromPort: rule.fromPort, toPort: rule.toPort, sources };
}
