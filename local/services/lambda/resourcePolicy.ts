import type { PolicyDocument, Principals, Statement } from "../iam/policyDocument";

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
    statements: statements.map(
      (statement): Statement => ({
        sid: statement.statementId,
        effect: "Allow",
        action: [statement.action],
        resource: [arnOf(statement.qualifier || undefined)],
        principal: principalsOf(statement.principal),
        condition: conditionOf(statement),
      }),
    ),
  };
}

function principalsOf(principal: string): Principals {
  if (principal === "*") return "*";
  return principal.endsWith(".amazonaws.com") ? { Service: [principal] } : { AWS: [principal] };
}

function conditionOf(statement: PolicyStatement): Statement["condition"] {
  const { sourceArn, sourceAccount, functionUrlAuthType, invokedViaFunctionUrl } = statement;
  return {
    ...(sourceArn !== undefined && { ArnLike: { "aws:SourceArn": [sourceArn] } }),
    StringEquals: {
      ...(sourceAccount !== undefined && { "aws:SourceAccount": [sourceAccount] }),
      ...(functionUrlAuthType !== undefined && { "lambda:FunctionUrlAuthType": [functionUrlAuthType] }),
    },
    ...(invokedViaFunctionUrl !== undefined && {
      Bool: { "lambda:InvokedViaFunctionUrl": [String(invokedViaFunctionUrl)] },
    }),
  };
}
