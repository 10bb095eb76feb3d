/** The arguments of `aws.iam.getPolicyDocument`. */
export interface PolicyDocumentArgs {
  readonly version?: string;
  readonly policyId?: string;
  readonly statements?: readonly StatementArgs[];
  /** Documents whose statements come first; their `sid`s are taken once. */
  readonly sourcePolicyDocuments?: readonly string[];
  /** Documents whose statements replace those of the same `sid`. */
  readonly overridePolicyDocuments?: readonly string[];
}

interface StatementArgs {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principals?: readonly PrincipalArgs[];
  readonly notPrincipals?: readonly PrincipalArgs[];
  readonly conditions?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

interface PrincipalArgs {
  readonly type: string;
  readonly identifiers: readonly string[];
}

type Statement = Readonly<Record<string, unknown>> & { readonly Sid?: string };

/**
 * Makes the document of a `getPolicyDocument`, as the provider does without asking AWS.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function renderPolicyDocument(args: PolicyDocumentArgs): object {
  const { version = "2012-10-17", policyId, sourcePolicyDocuments = [], overridePolicyDocuments = [] } = args;
  const own = (args.statements ?? []).map(statementOf);
  const statements = overridden(
    [...sourcePolicyDocuments.flatMap(statementsIn), ...own],
    overridePolicyDocuments.flatMap(statementsIn),
  );
  return { Version: version, ...(policyId && { Id: policyId }), Statement: statements };
}

function overridden(statements: readonly Statement[], over: readonly Statement[]): Statement[] {
  const kept = statements.map(
    (statement) => over.find(({ Sid }) => Sid !== undefined && Sid === statement.Sid) ?? statement,
  );
  return [...kept, ...over.filter((statement) => !kept.includes(statement))];
}

function statementsIn(document: string): Statement[] {
  return [(JSON.parse(document) as { Statement?: Statement | Statement[] }).Statement ?? []].flat();
}

function statementOf(statement: StatementArgs): Statement {
  const { sid, effect = "Allow", conditions = [] } = statement;
  return {
    ...(sid && { Sid: sid }),
    Effect: effect,
    ...listed("Action", statement.actions),
    ...listed("NotAction", statement.notActions),
    ...listed("Resource", statement.resources),
    ...listed("NotResource", statement.notResources),
    ...principalsOf("Principal", statement.principals),
    ...principalsOf("NotPrincipal", statement.notPrincipals),
    ...(conditions.length > 0 && { Condition: conditionOf(conditions) }),
  };
}

function listed(element: string, values: readonly string[] = []): object {
  return values.length > 0 ? { [element]: oneOrMore(values) } : {};
}

function principalsOf(element: string, principals: readonly PrincipalArgs[] = []): object {
  if (principals.length === 0) return {};
  if (principals.some(({ type }) => type === "*")) return { [element]: "*" };
  const byType = new Map<string, string[]>();
  for (const { type, identifiers } of principals) {
    byType.set(type, [...(byType.get(type) ?? []), ...identifiers]);
  }
  return {
    [element]: Object.fromEntries([...byType].map(([type, identifiers]) => [type, oneOrMore(identifiers)])),
  };
}

function conditionOf(conditions: NonNullable<StatementArgs["conditions"]>): object {
  const byTest: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of conditions) {
    byTest[test] = { ...byTest[test], [variable]: oneOrMore(values) };
  }
  return byTest;
}

function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [only, ...others] = values;
  return only !== undefined && others.length === 0 ? only : values;
}
