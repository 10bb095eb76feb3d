import { isSet } from "../../lib/isSet";
import type { Judged } from "../../lib/resourceTypes";
import { resourceRule } from "../../lib/rule";

const BROAD = /:policy\/(.*\/)?(AdministratorAccess|PowerUserAccess|IAMFullAccess|\w*FullAccess)$/;

const TYPES = [
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
  "aws:iam/role:Role",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
] as const;

export const iamBroadPolicies = resourceRule({
  name: "iam-broad-policies",
  title: "No role has an administrator's policy",
  why: "AWS's `…FullAccess` policies are made for people who try things out.",
  cure: "Write a policy with the actions and resources that are used.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  controls: ["CKV_AWS_274"],
  types: TYPES,
  check(resource) {
    return attached(resource)
      .filter((policyArn) => BROAD.test(policyArn))
      .map((found) => ({ found, allowed: "policies for one purpose" }));
  },
});

/** The managed policies that a resource attaches; a role may list them itself. */
function attached({ type, props }: Judged<(typeof TYPES)[number]>): readonly string[] {
  if (type !== "aws:iam/role:Role") return [props.policyArn];
  return isSet(props, "managedPolicyArns") ? (props.managedPolicyArns ?? []) : [];
}
