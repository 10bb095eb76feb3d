import { isAnywhere } from "../../lib/addressRanges";
import type { Judged } from "../../lib/resourceTypes";
import { resourceRule } from "../../lib/rule";

const TYPES = ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/networkAclRule:NetworkAclRule"] as const;

export const vpcOpenNacl = resourceRule({
  name: "vpc-open-nacl",
  title: "No network ACL lets everyone in to ports for administration",
  why: "SSH and RDP are what scanners try first; a security group that is opened by mistake is open then.",
  cure: "Name the range that may connect, or deny ports 22 and 3389 before the rule that allows all.",
  severity: "medium",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
  controls: ["EC2.21", "CKV_AWS_231", "CKV_AWS_232"],
  types: TYPES,
  limits: { ports: ["22", "3389"] },
  check(resource, { limits: { ports } }) {
    return ingressOf(resource).flatMap(({ action, range, from, to, protocol }) => {
      if (action.toLowerCase() !== "allow" || !isAnywhere(range)) return [];
      const all = protocol === "-1" || protocol === "all";
      return ports
        .filter((port) => all || (Number(port) >= from && Number(port) <= to))
        .map((port) => ({ found: `port ${port} from ${range}`, allowed: "ranges by name" }));
    });
  },
});

function ingressOf(resource: Judged<(typeof TYPES)[number]>) {
  if (resource.type === "aws:ec2/networkAcl:NetworkAcl") {
    return (resource.props.ingress ?? []).map(
      ({ action, cidrBlock, ipv6CidrBlock, fromPort, toPort, protocol }) => ({
        ...{ action, protocol, range: cidrBlock ?? ipv6CidrBlock },
        ...{ from: fromPort, to: toPort },
      }),
    );
  }
  const {
    egress = false,
    ruleAction,
    cidrBlock,
    ipv6CidrBlock,
    fromPort = 0,
    toPort = 65_535,
    protocol,
  } = resource.props;
  const rule = {
    action: ruleAction,
    protocol,
    range: cidrBlock ?? ipv6CidrBlock,
    from: fromPort,
    to: toPort,
  };
  return egress ? [] : [rule];
}
