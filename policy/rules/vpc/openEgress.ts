import { addressRanges, isAnywhere, type RangeRule } from "../../lib/addressRanges";
import type { Judged } from "../../lib/resourceTypes";
import { resourceRule } from "../../lib/rule";

const TYPES = [
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/securityGroupRule:SecurityGroupRule",
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
] as const;

export const vpcOpenEgress = resourceRule({
  name: "vpc-open-egress",
  title: "To the internet go only ports 80 and 443",
  why: "A function that is taken over can send what it reads to any port otherwise.",
  cure: "Allow the ports by rules of their own (setting `paddock:egress`).",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  controls: ["CKV_AWS_382"],
  types: TYPES,
  limits: { ports: ["80", "443"] },
  check(resource, { limits: { ports } }) {
    return rulesOf(resource)
      .filter(({ targets }) => targets.some(isAnywhere))
      .filter(({ fromPort, toPort }) => fromPort !== toPort || !ports.includes(String(fromPort)))
      .map(({ fromPort, toPort }) => ({
        found: fromPort === undefined ? "any port of anywhere" : `ports ${fromPort}-${toPort} of anywhere`,
        allowed: `ports ${ports.join(", ")}`,
      }));
  },
});

interface EgressRule {
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly targets: readonly (string | undefined)[];
}

function rulesOf(resource: Judged<(typeof TYPES)[number]>): EgressRule[] {
  switch (resource.type) {
    case "aws:ec2/securityGroup:SecurityGroup":
      return (resource.props.egress ?? []).map(toRule);
    case "aws:ec2/securityGroupRule:SecurityGroupRule":
      return resource.props.type === "egress" ? [toRule(resource.props)] : [];
    default: {
      const { fromPort, toPort, cidrIpv4, cidrIpv6 } = resource.props;
      return [{ fromPort, toPort, targets: [cidrIpv4, cidrIpv6] }];
    }
  }
}

function toRule(rule: RangeRule & { readonly fromPort: number; readonly toPort: number }): EgressRule {
  const { fromPort, toPort } = rule;
  return { fromPort, toPort, targets: addressRanges(rule) };
}
