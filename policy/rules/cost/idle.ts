import { fixedCosts } from "../../lib/fixedCosts";
import { PRICES } from "../../lib/prices";
import { stackRule } from "../../lib/rule";

export const costIdle = stackRule({
  name: "cost-idle",
  title: "A stack that nobody uses costs no more a month than the configuration says",
  why: "What is paid by the hour is paid in every stack that was forgotten, too, and no traffic shows it.",
  cure: "Remove the dearest resource, raise `maxDollars` in the pack's configuration, or make an exception by name.",
  severity: "medium",
  tier: "strict",
  url: "https://aws.amazon.com/vpc/pricing/",
  types: [
    "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    "aws:cloudwatch/dashboard:Dashboard",
    "aws:cloudwatch/metricAlarm:MetricAlarm",
    "aws:ec2/eip:Eip",
    "aws:ec2/natGateway:NatGateway",
    "aws:ec2/vpcEndpoint:VpcEndpoint",
    "aws:efs/fileSystem:FileSystem",
    "aws:kms/key:Key",
    "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
    "aws:wafv2/webAcl:WebAcl",
  ],
  limits: { maxDollars: 150 },
  check({ name, type }, { limits: { maxDollars }, stack }) {
    const costs = fixedCosts(stack.resources);
    const total = costs.reduce((sum, { dollars }) => sum + (dollars ?? 0), 0);
    // Once for the stack, at what costs most.
    const [dearest] = costs.filter(({ dollars }) => dollars !== undefined);
    if (total <= maxDollars || dearest?.name !== name || dearest.type !== type) return undefined;
    return {
      found: `${total.toFixed(2)} USD a month without traffic (prices of ${PRICES.asOf}), ${dearest.dollars?.toFixed(2)} of them for this ${dearest.what}`,
      allowed: `at most ${maxDollars} USD`,
    };
  },
});
