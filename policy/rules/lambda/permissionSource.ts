import type { Condition } from "@paddock/local/iam";
import { isSet } from "../../lib/isSet";
import { type Finding, resourceRule } from "../../lib/rule";
import { allowedBy, isForEveryone } from "../../lib/statements";

const TYPES = ["aws:lambda/permission:Permission", "aws:lambda/resourcePolicy:ResourcePolicy"] as const;

export const lambdaPermissionSource = resourceRule({
  name: "lambda-permission-source",
  title: "Who may invoke a function is said exactly",
  why: "A service's permission without a source lets that service invoke the function on behalf of any account; principal `*` lets everyone.",
  cure: "Set `sourceArn` (or `sourceAccount`) for a service; `*` is for public function URLs, or with `principalOrgId`.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html",
  controls: ["Lambda.1", "CKV_AWS_301", "CKV_AWS_364", "HIPAA.Security-LambdaFunctionPublicAccessProhibited"],
  types: TYPES,
  check(resource) {
    if (resource.type === "aws:lambda/resourcePolicy:ResourcePolicy")
      return openStatements(resource.props.policy);
    const { props } = resource;
    const { principal, functionUrlAuthType, invokedViaFunctionUrl } = props;
    if (principal === "*") {
      const forPublicUrl = functionUrlAuthType === "NONE" || invokedViaFunctionUrl === true;
      return forPublicUrl || isSet(props, "principalOrgId")
        ? undefined
        : { found: "principal `*`", allowed: "a principal by name" };
    }
    const hasSource = isSet(props, "sourceArn") || isSet(props, "sourceAccount");
    if (!principal.endsWith(".amazonaws.com")) return undefined;
    if (!hasSource) return { found: `${principal} for any source`, allowed: "a source ARN or account" };
    // A bucket's ARN has no account, and its name is free again once it is deleted.
    return principal === "s3.amazonaws.com" && !isSet(props, "sourceAccount")
      ? { found: "s3.amazonaws.com without a source account", allowed: "`sourceAccount` too", warning: true }
      : undefined;
  },
});

/** Those for everyone but for the two that a public function URL needs. */
function openStatements(policy: unknown): Finding[] {
  return allowedBy(policy)
    .filter(isForEveryone)
    .filter(({ conditions }) => !conditions.some(isForPublicUrl))
    .map(() => ({ found: "principal `*`", allowed: "a principal by name" }));
}

function isForPublicUrl({ operator, key, values }: Condition): boolean {
  return /^(StringEquals lambda:FunctionUrlAuthType NONE|Bool lambda:InvokedViaFunctionUrl true)$/i.test(
    `${operator} ${key} ${values}`,
  );
}
