import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const lambdaUrlQualifier = resourceRule({
  name: "lambda-url-qualifier",
  title: "A function URL points to an alias",
  why: "A URL on $LATEST answers with half a deployment, and moving it to an alias later changes its address.",
  cure: "Publish versions, make an alias, and set its name as the URL's `qualifier`.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html",
  types: ["aws:lambda/functionUrl:FunctionUrl"],
  check({ props }) {
    return isSet(props, "qualifier") ? undefined : { found: "no qualifier", allowed: "an alias" };
  },
});
