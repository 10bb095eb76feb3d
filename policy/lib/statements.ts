import { type Condition, type Principal, readPolicy, type Statement } from "@paddock/local/iam";
import { isAnywhere } from "./addressRanges";
import { isSet } from "./isSet";
import type { Judged } from "./resourceTypes";

/** The resources that say what users, groups and roles may do. */
export const IDENTITY_POLICIES = [
  "aws:iam/groupPolicy:GroupPolicy",
  "aws:iam/policy:Policy",
  "aws:iam/role:Role",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/userPolicy:UserPolicy",
] as const;

/** The documents of such a resource: a policy's own, or those inside a role. */
export function identityDocuments(resource: Judged<(typeof IDENTITY_POLICIES)[number]>): unknown[] {
  if (resource.type !== "aws:iam/role:Role") return [resource.props.policy];
  const { props } = resource;
  return isSet(props, "inlinePolicies") ? (props.inlinePolicies ?? []).map(({ policy }) => policy) : [];
}

/** The statements of a policy document, JSON text or an object, that allow something. */
export function allowedBy(document: unknown): Statement[] {
  return readPolicy(document).statements.filter(({ effect }) => effect === "Allow");
}

/** Whether a principal is all the world: `"*"`, `{"AWS": "*"}`, an ARN of any account. */
export function isEveryone({ id }: Principal): boolean {
  return id === "*" || /^arn:[\w*-]+:(iam|sts)::\*/.test(id);
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
  return readPolicy(document).statements.some(
    ({ effect, principals, actions, resources, conditions }) =>
      effect === "Deny" &&
      principals.some(isEveryone) &&
      actions.some((action) => /^([\w-]+:)?\*$/.test(action)) &&
      isWhole(resources) &&
      // Each further condition would let some requests without TLS pass.
      conditions.length === 1 &&
      conditions.every(isForPlainRequests),
  );
}

function isForPlainRequests({ operator, key, values }: Condition): boolean {
  return /^bool(ifexists)? aws:securetransport false$/i.test(`${operator} ${key} ${values}`);
}

/**
 * Condition keys that tell callers apart:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
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
export function isForEveryone({ principals, notPrincipals, conditions }: Statement): boolean {
  if (!principals.some(isEveryone) && notPrincipals.length === 0) return false;
  return !conditions.some(
    ({ operator, key, values }) =>
      ASKS.test(operator) &&
      TELLS_WHO.has(key.toLowerCase()) &&
      values.every((value) => value !== "*" && !isAnywhere(value)),
  );
}
