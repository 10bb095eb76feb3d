import { resourceRule } from "../../lib/rule";

export const lambdaUrlCors = resourceRule({
  name: "lambda-url-cors",
  title: "A function URL names the origins that may call it",
  why: "With `*` any web page may send requests in the name of whoever looks at it.",
  cure: "List the origins (setting `paddock:corsOrigins`), or make an exception for this URL by name.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors",
  controls: ["CKV2_AWS_75"],
  types: ["aws:lambda/functionUrl:FunctionUrl"],
  check({ props: { cors } }) {
    if (!cors?.allowOrigins?.includes("*")) return undefined;
    return { found: "CORS for every origin", allowed: "origins by name" };
  },
});
