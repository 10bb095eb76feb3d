import { isAnywhere } from "./addressRanges";

/** The resources that say what users, groups and roles may do. */
export const IDENTITY_POLICIES = [
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/policy:Policy",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
] as const;

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
  /** Everyone but these principals, where the statement is written so. */
  readonly notPrincipals: readonly string[];
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
    const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } =
      statement as Record<string, unknown>;
    return {
      effect: String(Effect),
      actions: listOf(Action).map(String),
      notActions: listOf(NotAction).map(String),
      resources: listOf(Resource).map(String),
      notResources: listOf(NotResource).map(String),
      principals: principalsOf(Principal),
      notPrincipals: principalsOf(NotPrincipal),
      condition: (Condition ?? {}) as Statement["condition"],
    };
  });
}

/** Statements that allow something. */
export function allowedBy(document: unknown): Statement[] {
  return statementsOf(document).filter(({ effect }) => effect === "Allow");
}

/**
 * Whether a document denies every action to requests without TLS.
 *
 * @param isWhole  Whether a statement's resources are all that the document is about.
 */
export function deniesPlainRequests(
  document: unknown,
  isWhole: (resources: readonly string[]) => boolean = () => true,
): boolean {
  return statementsOf(document).some(
    ({ effect, principals, actions, resources, condition }) =>
      effect === "Deny" &&
      principals.includes("*") &&
      actions.some((action) => /^([\w-]+:)?\*$/.test(action)) &&
      isWhole(resources) &&
      isPlainAlone(condition),
  );
}

/** Each further condition would let some requests without TLS pass. */
function isPlainAlone(condition: Statement["condition"]): boolean {
  const asked = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => `${operator} ${key} ${value}`.toLowerCase()),
  );
  return asked.length === 1 && /^bool(ifexists)? aws:securetransport false$/.test(asked[0] ?? "");
}

/**
 * What tells callers apart: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 * and the organisation and account of the caller, which AWS adds by itself.
 */
const TELLS_WHO = new Set([
  "aws:principalaccount",
  "aws:principalarn",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourceowner",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "kms:calleraccount",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
]);

/** Operators that ask for a value; `…IfExists` and `ForAllValues` pass without one, `…Not…` pass with any other. */
const ASKS = /^(ForAnyValue:)?((String|Arn)(Equals|Like)(IgnoreCase)?|IpAddress)$/i;

/** Whether a statement that allows something does so for everyone, as far as its conditions tell. */
export function isForEveryone({ principals, notPrincipals, condition }: Statement): boolean {
  if (!principals.includes("*") && notPrincipals.length === 0) return false;
  return !Object.entries(condition)
    .filter(([operator]) => ASKS.test(operator))
    .flatMap(([, keys]) => Object.entries(keys))
    .some(
      ([key, values]) =>
        TELLS_WHO.has(key.toLowerCase()) &&
        listOf(values).every((value) => value !== "*" && !isAnywhere(String(value))),
    );
}

/** The keys that a statement's conditions ask about, in lower case. */
export function conditionKeys({ condition }: Statement): string[] {
  return Object.values(condition).flatMap((keys) => Object.keys(keys).map((key) => key.toLowerCase()));
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
