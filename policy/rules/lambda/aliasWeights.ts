import { stackRule } from "../../lib/rule";

export const lambdaAliasWeights = stackRule({
  name: "lambda-alias-weights",
  title: "An alias has weights or provisioned concurrency, not both",
  why: "AWS refuses it: “Alias with weights can not be used with Provisioned Concurrency”.",
  cure: "Remove `routingConfig`, or the ProvisionedConcurrencyConfig.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html",
  types: ["aws:lambda/alias:Alias"],
  check(alias, { stack }) {
    const weights = Object.keys(alias.props.routingConfig?.additionalVersionWeights ?? {});
    if (weights.length === 0) return undefined;
    return stack
      .referring(alias, "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", "qualifier")
      .map(({ name }) => ({
        found: `weights beside provisioned concurrency ${name}`,
        allowed: "one of the two",
      }));
  },
});
