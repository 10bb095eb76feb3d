import type { Principal, Statement } from "@paddock/local/iam";
import { resourceRule } from "../../lib/rule";
import { allowedBy, isEveryone, isForEveryone } from "../../lib/statements";

/** Lambda@Edge is two services by its own documentation. */
const EDGE = ["edgelambda.amazonaws.com", "lambda.amazonaws.com"];

export const iamTrust = resourceRule({
  name: "iam-trust",
  title: "A role is assumed by one service, or by principals by name",
  why: "A role that everyone in an account, or several services, may assume is used by the one that nobody thought of.",
  cure: "Name one service or one role in `assumeRolePolicy`; add a condition (`sts:ExternalId`, `aws:PrincipalOrgID`) for another account.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html",
  controls: ["CKV_AWS_60", "CKV_AWS_61"],
  types: ["aws:iam/role:Role"],
  check({ props: { assumeRolePolicy } }) {
    const statements = allowedBy(assumeRolePolicy);
    const services = statements.flatMap(({ principals }) => principals.filter(isService).map(({ id }) => id));
    const isEdge = services.every((service) => EDGE.includes(service));
    return [
      ...statements.flatMap(openTo),
      ...(new Set(services).size > 1 && !isEdge
        ? [{ found: `${services.length} services may assume it`, allowed: "one service", warning: true }]
        : []),
    ];
  },
});

const isService = ({ type }: Principal) => type === "Service";

/** Everyone, or everyone whom an account lets. */
function openTo(statement: Statement) {
  const { principals, notPrincipals, conditions } = statement;
  if (notPrincipals.length > 0 && isForEveryone(statement))
    return [{ found: "everyone but some may assume it", allowed: "principals by name" }];
  return principals.flatMap((principal) => {
    if (isEveryone(principal))
      return isForEveryone(statement) ? [{ found: "everyone may assume it", allowed: "one service" }] : [];
    if (conditions.length > 0) return [];
    const account = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(principal.id)?.[1];
    return account === undefined
      ? []
      : [
          {
            found: `everyone whom account ${account} lets may assume it`,
            allowed: "roles by name, or a condition",
          },
        ];
  });
}
