/** A statement of a policy document, each field a list. */
export interface Statement {
  readonly effect: string;
  readonly actions: readonly string[];
  /** Everything but these actions, where the statement is written so. */
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  /** Everything but these resources, where the statement is written so. */
  readonly notResources: readonly string[];
  /** `*`, or its kind and value: `Service:lambda.amazonaws.com`, `AWS:arn:…`. */
  readonly principals: readonly string[];
  /** Operator to condition keys to values. */
  readonly condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * Reads an IAM policy document, given as JSON text or as an object.
 *
 * @throws Error  Text that is no JSON.
 */
export function statementsOf(document: unknown): Statement[] {
  const { Statement: statements } = (
    typeof document === "string" ? JSON.parse(document) : (document ?? {})
  ) as { Statement?: unknown };
  return listOf(statements).map((statement) => {
    const { Effect, Action, NotAction, Resource, NotResource, Principal, Condition } = statement as Record<
      string,
      unknown
    >;
    return {
      effect: String(Effect),
      actions: listOf(Action).map(String),
      notActions: listOf(NotAction).map(String),
      resources: listOf(Resource).map(String),
      notResources: listOf(NotResource).map(String),
      principals: principalsOf(Principal),
      condition: (Condition ?? {}) as Statement["condition"],
    };
  });
}

/** Statements that allow something. */
export function allowedBy(document: unknown): Statement[] {
  return statementsOf(document).filter(({ effect }) => effect === "Allow");
}

/** Whether a document denies every action to requests without TLS. */
export function deniesPlainRequests(document: unknown): boolean {
  return statementsOf(document).some(
    ({ effect, principals, condition }) =>
      effect === "Deny" &&
      principals.includes("*") &&
      String(condition.Bool?.["aws:SecureTransport"]) === "false",
  );
}

function principalsOf(principal: unknown): string[] {
  if (typeof principal !== "object" || principal === null) return listOf(principal).map(String);
  return Object.entries(principal).flatMap(([kind, values]) =>
    listOf(values).map((value) => (value === "*" ? "*" : `${kind}:${value}`)),
  );
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
