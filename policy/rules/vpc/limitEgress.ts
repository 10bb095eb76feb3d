import { isAnywhere } from "../../lib/isAnywhere";
import { resourceRule } from "../../lib/rule";

export const limitEgress = resourceRule({
  name: "vpc-open-egress",
  title: "To the internet go only ports 80 and 443",
  why: "A function that is taken over can send what it reads to any port otherwise.",
  cure: "Allow the ports by rules of their own (setting `paddock:egress`).",
  severity: "medium",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  controls: ["CKV_AWS_382"],
  types: ["aws:ec2/securityGroup:SecurityGroup", "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"],
  limits: { ports: ["80", "443"] },
  check(resource, { limits: { ports } }) {
    const rules =
      resource.type === "aws:ec2/securityGroup:SecurityGroup"
        ? (resource.props.egress ?? []).map(({ cidrBlocks = [], ipv6CidrBlocks = [], ...rule }) => ({
            ...rule,
            targets: [...cidrBlocks, ...ipv6CidrBlocks],
          }))
        : [{ ...portsOf(resource.props), targets: [resource.props.cidrIpv4, resource.props.cidrIpv6] }];
    return rules
      .filter(({ targets }) => targets.some(isAnywhere))
      .filter(({ fromPort, toPort }) => fromPort !== toPort || !ports.includes(String(fromPort)))
      .map(({ fromPort, toPort }) => ({
        found: fromPort === undefined ? "any port of anywhere" : `ports ${fromPort}-${toPort} of anywhere`,
        allowed: `ports ${ports.join(", ")}`,
      }));
  },
});

function portsOf({ fromPort, toPort }: { readonly fromPort?: number; readonly toPort?: number }) {
  return { fromPort, toPort };
}
