import { resourceRule } from "../../lib/rule";

export const lambdaConcurrencyZero = resourceRule({
  name: "lambda-concurrency-zero",
  title: "A function may run at all",
  why: "`reservedConcurrentExecutions: 0` throttles every invocation: the endpoint answers 429 for ever.",
  cure: "Set a number above 0, or leave `reservedConcurrentExecutions` out.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
  types: ["aws:lambda/function:Function"],
  check({ props: { reservedConcurrentExecutions } }) {
    return reservedConcurrentExecutions === 0
      ? { found: "reserved concurrency 0", allowed: "at least 1" }
      : undefined;
  },
});
