import { resourceRule } from "../../lib/rule";
import { allowedBy } from "../../lib/statements";

export const iamTrust = resourceRule({
  name: "iam-trust",
  title: "A role is assumed by one service, or by principals by name",
  why: "A role that everyone, or several services, may assume is used by the one that nobody thought of.",
  cure: "Name one service in `assumeRolePolicy`; one role for each purpose.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html",
  controls: ["CKV_AWS_60", "CKV_AWS_61"],
  types: ["aws:iam/role:Role"],
  check({ props: { assumeRolePolicy } }) {
    const principals = allowedBy(assumeRolePolicy).flatMap(({ principals }) => principals);
    const services = principals.filter((principal) => principal.startsWith("Service:"));
    if (principals.includes("*")) return { found: "everyone may assume it", allowed: "one service" };
    if (services.length <= 1) return undefined;
    return { found: `${services.length} services may assume it`, allowed: "one service" };
  },
});
