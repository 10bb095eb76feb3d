/** One statement of a function's resource-based policy, as `AddPermission` makes it. */
export interface PolicyStatement {
  readonly statementId: string;
  /** `lambda:InvokeFunction`, `lambda:InvokeFunctionUrl` or `lambda:*`. */
  readonly action: string;
  /** `*`, a service (`apigateway.amazonaws.com`), an account or an ARN. */
  readonly principal: string;
  /** Version or alias it is for; none: the unqualified function. */
  readonly qualifier?: string;
  /** Condition ArnLike: `*` and `?` within a segment or over several. */
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
  readonly functionUrlAuthType?: string;
  readonly invokedViaFunctionUrl?: boolean;
}

/** A request as the policy's conditions see it. */
export interface PolicyRequest {
  readonly action: string;
  /** `*` for an anonymous caller. */
  readonly principal: string;
  readonly qualifier: string | undefined;
  readonly sourceArn?: string;
  readonly sourceAccount?: string;
  readonly functionUrlAuthType?: string;
  readonly invokedViaFunctionUrl?: boolean;
}

/** Whether any statement allows the request; each condition that a statement has must hold. */
export function isAllowedByPolicy(statements: Iterable<PolicyStatement>, request: PolicyRequest): boolean {
  for (const statement of statements) if (allows(statement, request)) return true;
  return false;
}

function allows(statement: PolicyStatement, request: PolicyRequest): boolean {
  return (
    (statement.action === request.action || statement.action === "lambda:*") &&
    (statement.principal === request.principal || statement.principal === "*") &&
    normalized(statement.qualifier) === normalized(request.qualifier) &&
    (statement.sourceArn === undefined || matchesPattern(statement.sourceArn, request.sourceArn ?? "")) &&
    (statement.sourceAccount === undefined || statement.sourceAccount === request.sourceAccount) &&
    (statement.functionUrlAuthType === undefined ||
      statement.functionUrlAuthType === request.functionUrlAuthType) &&
    (statement.invokedViaFunctionUrl === undefined ||
      statement.invokedViaFunctionUrl === (request.invokedViaFunctionUrl ?? false))
  );
}

function normalized(qualifier: string | undefined): string {
  return qualifier === undefined || qualifier === "" ? "$LATEST" : qualifier;
}

function matchesPattern(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(value);
}
