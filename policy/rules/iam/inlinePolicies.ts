import { resourceRule } from "../../lib/rule";

export const iamInlinePolicies = resourceRule({
  name: "iam-inline-policies",
  title: "A role's policies are resources of their own",
  why: "`inlinePolicies` and `managedPolicyArns` remove, at each deployment, what is attached otherwise.",
  cure: "Make RolePolicy and RolePolicyAttachment resources of them.",
  severity: "medium",
  tier: "strict",
  url: "https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/",
  types: ["aws:iam/role:Role"],
  check({ props: { inlinePolicies = [], managedPolicyArns = [] } }) {
    const inside = inlinePolicies.length + managedPolicyArns.length;
    return inside === 0 ? undefined : { found: `${inside} policies inside it`, allowed: "none" };
  },
});
