import type { Context } from "../iam/context";
import type { Condition, PolicyDocument, Principal } from "../iam/policyDocument";

/** One statement of a function's resource-based policy, as `AddPermission` takes it. */
export interface PolicyStatement {
  readonly statementId: string;
  /** `lambda:InvokeFunction`, `lambda:InvokeFunctionUrl` or `lambda:*`. */
  readonly action: string;
  /** `*`, a service (`apigateway.amazonaws.com`), an account or an ARN. */
  readonly principal: string;
  /** Version or alias it is for; none: the unqualified function. */
  readonly qualifier?: string;
  /** Pattern: `*` and `?`. */
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
  readonly functionUrlAuthType?: string;
  readonly invokedViaFunctionUrl?: boolean;
}

/**
 * The policy that Lambda makes of a function's permissions, each condition of its own.
 *
 * @param arnOf  ARN of the function's version or alias.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function resourcePolicy(
  statements: readonly PolicyStatement[],
  arnOf: (qualifier: string | undefined) => string,
): PolicyDocument {
  return {
    version: "2012-10-17",
    statements: statements.map((statement) => ({
      sid: statement.statementId,
      effect: "Allow",
      actions: [statement.action],
      notActions: [],
      resources: [arnOf(statement.qualifier || undefined)],
      notResources: [],
      principals: [principalOf(statement.principal)],
      notPrincipals: [],
      conditions: conditionsOf(statement),
    })),
  };
}

function principalOf(id: string): Principal {
  return { type: id.endsWith(".amazonaws.com") ? "Service" : "AWS", id };
}

function conditionsOf(statement: PolicyStatement): Condition[] {
  const { sourceArn, sourceAccount, functionUrlAuthType, invokedViaFunctionUrl } = statement;
  const asked: [operator: string, key: string, value: string | boolean | undefined][] = [
    ["ArnLike", "aws:SourceArn", sourceArn],
    ["StringEquals", "aws:SourceAccount", sourceAccount],
    ["StringEquals", "lambda:FunctionUrlAuthType", functionUrlAuthType],
    ["Bool", "lambda:InvokedViaFunctionUrl", invokedViaFunctionUrl],
  ];
  return asked.flatMap(([operator, key, value]) =>
    value === undefined ? [] : [{ operator, key, values: [String(value)] }],
  );
}

/**
 * Lambda's condition keys of a request to a function URL.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function functionUrlContext(authorizationType: string): Context {
  return { "lambda:FunctionUrlAuthType": authorizationType, "lambda:InvokedViaFunctionUrl": "true" };
}
