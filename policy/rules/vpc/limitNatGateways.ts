import { resourceRule } from "../../lib/rule";

export const limitNatGateways = resourceRule({
  name: "cost-nat-gateway",
  title: "No NAT gateway stands",
  why: "Each is about 33 USD a month before the first byte, and 0.045 USD per GB. Only functions that fetch callers' URLs need one.",
  cure: "Set `paddock:egress` to none, or make an exception by name.",
  severity: "medium",
  url: "https://aws.amazon.com/vpc/pricing/",
  types: ["aws:ec2/natGateway:NatGateway"],
  check() {
    return { found: "a NAT gateway", allowed: "none" };
  },
});
