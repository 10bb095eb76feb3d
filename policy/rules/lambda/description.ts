import { resourceRule } from "../../lib/rule";

export const lambdaDescription = resourceRule({
  name: "lambda-description",
  title: "A function says what it does",
  why: "Who looks through an account at night knows the function by this sentence.",
  cure: "Set `description`.",
  severity: "low",
  tier: "strict",
  url: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html",
  types: ["aws:lambda/function:Function"],
  check({ props: { description } }) {
    return description ? undefined : { found: "no description", allowed: "a sentence" };
  },
});
