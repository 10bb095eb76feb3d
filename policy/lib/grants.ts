import { matchesWildcard, type Statement } from "@paddock/local/iam";
import type { Stack, StackResource } from "./stack";
import { allowedBy, identityDocuments } from "./statements";
import { unlessLeftOut } from "./unknownValues";

/** The statements that a function's role allows, as far as the role and its policies are of the stack. */
export function grantsOf(fn: StackResource<"aws:lambda/function:Function">, stack: Stack): Statement[] {
  return stack.references(fn, "aws:iam/role:Role", "role").flatMap((role) => {
    const attached = stack
      .referring(role, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role")
      .flatMap((attachment) => stack.references(attachment, "aws:iam/policy:Policy", "policyArn"));
    const own = stack.referring(role, "aws:iam/rolePolicy:RolePolicy", "role");
    const inside = unlessLeftOut(() => identityDocuments(role)) ?? [];
    return [...inside, ...[...own, ...attached].map(({ props }) => props.policy)].flatMap(allowedBy);
  });
}

/** Whether statements allow an action on a resource. @param resource  ARN; by default any that is named. */
export function allows(statements: readonly Statement[], action: string, resource?: string): boolean {
  return statements.some(
    ({ actions, resources }) =>
      actions.some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase())) &&
      (resource === undefined || resources.some((pattern) => matchesWildcard(pattern, resource))),
  );
}
