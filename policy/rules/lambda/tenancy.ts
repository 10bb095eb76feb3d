import { isSet } from "../../lib/isSet";
import { stackRule } from "../../lib/rule";

export const lambdaTenancy = stackRule({
  name: "lambda-tenancy",
  title: "A function with tenant isolation has no URL, no provisioned concurrency and no SnapStart",
  why: "AWS refuses them together: only direct invocations and API Gateway say for which tenant they are.",
  cure: "Remove `tenancyConfig`, or what does not go with it.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html",
  types: ["aws:lambda/function:Function"],
  check(fn, { stack }) {
    if (!isSet(fn.props, "tenancyConfig")) return undefined;
    const beside = [
      ...stack.referring(fn, "aws:lambda/functionUrl:FunctionUrl", "functionName"),
      ...stack.referring(
        fn,
        "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
        "functionName",
      ),
    ].map(({ type, name }) => `${type.split(":").at(-1)} ${name}`);
    const snapStart = fn.props.snapStart?.applyOn === "PublishedVersions" ? ["SnapStart"] : [];
    return [...beside, ...snapStart].map((what) => ({
      found: `tenant isolation with ${what}`,
      allowed: "one of the two",
    }));
  },
});
