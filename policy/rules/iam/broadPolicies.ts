import { resourceRule } from "../../lib/rule";

const BROAD = /:policy\/(.*\/)?(AdministratorAccess|PowerUserAccess|IAMFullAccess|\w*FullAccess)$/;

export const iamBroadPolicies = resourceRule({
  name: "iam-broad-policies",
  title: "No role has an administrator's policy",
  why: "AWS's `…FullAccess` policies are made for people who try things out.",
  cure: "Write a policy with the actions and resources that are used.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
  controls: ["CKV_AWS_274", "IAM.1"],
  types: [
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  ],
  check({ props: { policyArn } }) {
    return BROAD.test(policyArn) ? { found: policyArn, allowed: "policies for one purpose" } : undefined;
  },
});
