import { resourceRule } from "../../lib/rule";

export const lambdaReservedConcurrency = resourceRule({
  name: "lambda-reserved-concurrency",
  title: "A function's concurrency has an end of its own",
  why: "One endpoint under load otherwise takes the whole account's concurrency, and all other functions are throttled.",
  cure: "Set `reservedConcurrentExecutions` (setting `paddock:reservedConcurrency`).",
  severity: "low",
  tier: "strict",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html",
  controls: ["CKV_AWS_115", "HIPAA.Security-LambdaConcurrency"],
  types: ["aws:lambda/function:Function"],
  check({ props: { reservedConcurrentExecutions = -1 } }) {
    if (reservedConcurrentExecutions > 0) return undefined;
    const found = reservedConcurrentExecutions === 0 ? "reserved concurrency 0" : "no reserved concurrency";
    return { found, allowed: "a number of instances" };
  },
});
