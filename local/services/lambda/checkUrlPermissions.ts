import type { LegacySiblings } from "../../resources/legacy";
import { read } from "../../resources/read";
import type { Properties } from "../../resources/value";
import { evaluatePolicy } from "../iam/evaluatePolicy";
import { globalContext } from "../iam/globalContext";
import { functionUrlContext } from "./functionUrlContext";
import { parseFunctionName } from "./parseFunctionName";
import { policyStatement } from "./policyStatement";
import { resourcePolicy } from "./resourcePolicy";

const ACTIONS = ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"] as const;

/**
 * Throws where nobody could call a public URL: since October 2025 AWS asks for both permissions, which come before or
 * after the URL.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function checkUrlPermissions(inputs: Properties, neighbours: LegacySiblings): void {
  if (!neighbours.complete || inputs.authorizationType !== "NONE") return;
  const { functionName } = parseFunctionName(read.required(inputs, "functionName"));
  const qualifier = read.text(inputs, "qualifier");
  const statements = neighbours
    .of("aws:lambda/permission:Permission")
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
