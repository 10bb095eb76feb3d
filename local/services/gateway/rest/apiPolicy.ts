import { parsePolicy } from "../../iam/parsePolicy";
import type { PolicyDocument } from "../../iam/policyDocument";
import { isObject, listOf, parseJson } from "../../iam/readPolicy";

/**
 * Reads the resource policy of an API, in which `execute-api:/prod/GET/items` is short for the API's own ARN.
 *
 * @param apiArn  `arn:aws:execute-api:<region>:<account>:<api>`
 * @throws Error  API Gateway would reject it.
 */
export function parseApiPolicy(text: string, apiArn: string): PolicyDocument {
  const policy = parseJson(text);
  if (!isObject(policy)) return parsePolicy(policy, "resource");
  const inFull = (resource: unknown) =>
    typeof resource === "string" ? resource.replace(/^execute-api:(?=\/)/, apiArn) : resource;
  const statements = listOf(policy.Statement).map((statement) =>
    isObject(statement)
      ? Object.fromEntries(
          Object.entries(statement).map(([name, value]) => [
            name,
            /^(Not)?Resource$/.test(name) ? listOf(value).map(inFull) : value,
          ]),
        )
      : statement,
  );
  return parsePolicy({ ...policy, Statement: statements }, "resource");
}
