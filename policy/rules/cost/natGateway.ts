import { stackRule } from "../../lib/rule";

export const costNatGateway = stackRule({
  name: "cost-nat-gateway",
  title: "There are no more NAT gateways than the configuration says, none by default",
  why: "Each is about 33 USD a month before the first byte, and 0.045 USD per GB. Only functions that fetch callers' URLs need one.",
  cure: "Set `paddock:egress` to none, or make an exception by name.",
  severity: "medium",
  tier: "strict",
  url: "https://aws.amazon.com/vpc/pricing/",
  types: ["aws:ec2/natGateway:NatGateway"],
  limits: { maxGateways: 0 },
  check(_gateway, { limits: { maxGateways }, stack }) {
    const count = stack.ofType("aws:ec2/natGateway:NatGateway").length;
    return count <= maxGateways
      ? undefined
      : {
          found: `one of ${count} NAT gateways`,
          allowed: maxGateways === 0 ? "none" : `at most ${maxGateways}`,
        };
  },
});
