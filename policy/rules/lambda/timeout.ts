import { resourceRule } from "../../lib/rule";

export const lambdaTimeout = resourceRule({
  name: "lambda-timeout",
  title: "A function's timeout is set, and at most 900 s",
  why: "The default of 3 s is shorter than a cold start with a large model; AWS refuses more than 900 s.",
  cure: "Set `timeout` to the longest that a request may take.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html",
  controls: ["Serverless-LambdaDefaultTimeout"],
  types: ["aws:lambda/function:Function"],
  limits: { maxSeconds: 900 },
  check({ props: { timeout, capacityProviderConfig } }, { limits: { maxSeconds } }) {
    // Managed Instances have limits of their own.
    if (capacityProviderConfig !== undefined) return undefined;
    if (timeout !== undefined && timeout >= 1 && timeout <= maxSeconds) return undefined;
    const found = timeout === undefined ? "no timeout of its own (then 3 s)" : `timeout ${timeout} s`;
    return { found, allowed: `1 to ${maxSeconds} s` };
  },
});
