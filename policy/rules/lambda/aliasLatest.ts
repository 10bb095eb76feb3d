import { stackRule } from "../../lib/rule";

export const lambdaAliasLatest = stackRule({
  name: "lambda-alias-latest",
  title: "An alias points to a published version",
  why: "`$LATEST` changes under it: what the alias is for, going back and shifting traffic, does not work.",
  cure: "Set `publish` on the function, and the alias's `functionVersion` to its `version`.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html",
  types: ["aws:lambda/alias:Alias"],
  check(alias, { stack }) {
    // The version of a function is not known before it is published, but whether it is published is.
    const [fn] = stack.references(alias, "aws:lambda/function:Function", "functionVersion");
    const isLatest = fn ? !fn.props.publish : alias.props.functionVersion === "$LATEST";
    if (!isLatest) return undefined;
    const weighted = Object.keys(alias.props.routingConfig?.additionalVersionWeights ?? {}).length > 0;
    return {
      found: `$LATEST${weighted ? " with weights, which AWS refuses" : ""}`,
      allowed: "a published version",
    };
  },
});
