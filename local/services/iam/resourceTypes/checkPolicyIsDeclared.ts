import type * as aws from "@pulumi/aws";
import type { TypedSiblings } from "../../../resources/resourceType";
import { known, type Preview } from "../../../resources/value";
import { awsManagedPolicy } from "../awsManagedPolicies";

/** Throws for the ARN of a policy that is not here: it would grant nothing, and say nothing of it. */
export function checkPolicyIsDeclared(property: string, arn: Preview<string>, siblings: TypedSiblings): void {
  const wanted = known(arn);
  if (wanted === undefined || !siblings.complete || awsManagedPolicy(wanted) !== undefined) return;
  const policies = siblings.of<typeof aws.iam.Policy>("aws:iam/policy:Policy");
  if (policies.some(({ outputs }) => known(outputs.arn) === wanted || known(outputs.arn) === undefined))
    return;
  throw new Error(
    `\`${property}\` names ${wanted}, which the stack does not declare: the local cloud has no other policies`,
  );
}
