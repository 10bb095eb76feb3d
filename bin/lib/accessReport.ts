import {
  type AccessRequest,
  type Decision,
  evaluatePolicy,
  type PolicyDocument,
  type Statement,
} from "@paddock/local/iam";
import { unusableReason } from "./unusableGrants";

/** A decision of the local IAM. */
export interface AccessDecision {
  readonly request: AccessRequest;
  readonly decision: Decision;
}

/** A role's permissions beside what was done with them. */
export interface RoleAccess {
  readonly role: string;
  readonly unused: readonly UnusedGrant[];
  readonly denied: readonly { readonly action: string; readonly resource: string; readonly times: number }[];
}

export interface UnusedGrant {
  /** `s3:PutObject on arn:aws:s3:::uploads/*` */
  readonly grant: string;
  /** Why it cannot be used on this machine; absent where it could be. */
  readonly reason?: string;
}

/**
 * Compares what policies grant with the decisions that were asked for: an action of a statement that no allowed request had,
 * and a resource of one that none was about, are not used.
 *
 * @param policies  By the role's name.
 */
export function accessReport(
  policies: ReadonlyMap<string, readonly PolicyDocument[]>,
  decisions: readonly AccessDecision[],
): RoleAccess[] {
  return [...policies].map(([role, documents]) => {
    const own = decisions.filter(({ request }) => request.principal.endsWith(`:role/${role}`));
    const allowed = own.filter(({ decision }) => decision === "allowed").map(({ request }) => request);
    const unused = documents.flatMap(({ version, statements }) =>
      statements
        .filter(({ effect }) => effect === "Allow")
        .flatMap((statement) => {
          const isUnused = (part: Statement) =>
            !allowed.some(
              (request) => evaluatePolicy([{ version, statements: [part] }], request) === "allowed",
            );
          const actions = byAction(statement).filter(isUnused);
          // Where no action is used, no resource is.
          return actions.length === statement.actions.length
            ? actions
            : [...actions, ...byResource(statement).filter(isUnused)];
        })
        .map(describe),
    );
    return {
      role,
      unused: [...new Map(unused.map((one) => [one.grant, one])).values()],
      denied: deniedOf(own),
    };
  });
}

function byAction(statement: Statement): Statement[] {
  return statement.actions.map((action) => ({ ...statement, actions: [action] }));
}

function byResource(statement: Statement): Statement[] {
  return statement.resources.map((resource) => ({ ...statement, resources: [resource] }));
}

function describe({ actions, resources }: Statement): UnusedGrant {
  const reasons = actions.map((action) => unusableReason(`${action} on ${resources.join(", ")}`));
  const grant = `${actions.join(", ")} on ${resources.join(", ")}`;
  return reasons.every((reason) => reason !== undefined) ? { grant, reason: reasons[0] } : { grant };
}

function deniedOf(decisions: readonly AccessDecision[]): RoleAccess["denied"] {
  const times = new Map<string, { action: string; resource: string; times: number }>();
  for (const { request, decision } of decisions) {
    if (decision === "allowed") continue;
    const { action, resource } = request;
    const known = times.get(`${action} ${resource}`)?.times ?? 0;
    times.set(`${action} ${resource}`, { action, resource, times: known + 1 });
  }
  return [...times.values()];
}
