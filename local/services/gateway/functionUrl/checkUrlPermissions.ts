import type * as aws from "@pulumi/aws";
import type { InputsOf, TypedSiblings } from "../../../resources/resourceType";
import { known, type PreviewOf } from "../../../resources/value";
import { globalContext } from "../../iam/context";
import { evaluatePolicy } from "../../iam/evaluatePolicy";
import { parseFunctionName } from "../../lambda/parseFunctionName";
import { policyStatement } from "../../lambda/policyStatement";
import { functionUrlContext, resourcePolicy } from "../../lambda/resourcePolicy";

const ACTIONS = ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"] as const;

/**
 * Throws where nobody could call a public URL: since October 2025 AWS asks for both permissions, which come before or
 * after the URL.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function checkUrlPermissions(
  inputs: PreviewOf<InputsOf<typeof aws.lambda.FunctionUrl>>,
  siblings: TypedSiblings,
): void {
  const name = known(inputs.functionName);
  if (!siblings.complete || inputs.authorizationType !== "NONE" || name === undefined) return;
  const { functionName } = parseFunctionName(name);
  const qualifier = known(inputs.qualifier);
  const statements = siblings
    .of<typeof aws.lambda.Permission>("aws:lambda/permission:Permission")
    .map(({ outputs }) => policyStatement(outputs))
    .filter((permission) => permission.functionName === functionName)
    .map(({ statement }) => statement);
  // In place of ARNs: of one function, the qualifiers tell them apart.
  const resourceOf = (qualifier = "$LATEST") => qualifier;
  const policy = resourcePolicy(statements, resourceOf);
  const anyone = {
    principal: "*",
    resource: resourceOf(qualifier),
    context: { ...globalContext(undefined, undefined), ...functionUrlContext("NONE") },
  };
  const missing = ACTIONS.filter((action) => evaluatePolicy([policy], { ...anyone, action }) !== "allowed");
  if (missing.length === 0) return;
  throw new Error(
    `every caller would get 403: the public URL has no permission for ${missing.join(" and ")} on qualifier ${qualifier ?? "(none)"}`,
  );
}
