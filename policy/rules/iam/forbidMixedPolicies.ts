import { stackRule } from "../../lib/rule";

export const forbidMixedPolicies = stackRule({
  name: "iam-mixed-policies",
  title: "A role's policies are all inside it or all resources of their own",
  why: "`inlinePolicies` and `managedPolicyArns` remove what is attached otherwise, at each deployment anew.",
  cure: "Make RolePolicy and RolePolicyAttachment resources of them.",
  severity: "medium",
  url: "https://www.pulumi.com/registry/packages/aws/api-docs/iam/role/",
  controls: ["iam-role-no-policy-management-conflicts"],
  types: ["aws:iam/role:Role"],
  check(role, { stack }) {
    const { inlinePolicies = [], managedPolicyArns = [] } = role.props;
    const inlineMixed =
      inlinePolicies.length > 0 && stack.referring(role, "aws:iam/rolePolicy:RolePolicy", "role").length > 0;
    const managedMixed =
      managedPolicyArns.length > 0 &&
      stack.referring(role, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role").length > 0;
    if (!inlineMixed && !managedMixed) return undefined;
    return { found: `${inlineMixed ? "inline" : "managed"} policies in both ways`, allowed: "one way" };
  },
});
