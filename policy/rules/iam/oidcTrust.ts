import type { Principal, Statement } from "@paddock/local/iam";
import { resourceRule } from "../../lib/rule";
import { allowedBy } from "../../lib/statements";

export const iamOidcTrust = resourceRule({
  name: "iam-oidc-trust",
  title: "A role for an identity provider's tokens says whose, to the repository",
  why: "Everyone who has an account at GitHub gets tokens of the same issuer: without the subject, or with a wildcard for the repository, anyone's workflow takes the role.",
  cure: "Set conditions on the provider's `aud` and on its `sub`, the latter with owner and repository in full, e.g. `repo:owner/name:ref:refs/heads/main`.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html#idp_oidc_Create_GitHub",
  controls: ["CKV_AWS_393"],
  types: ["aws:iam/role:Role"],
  check({ props: { assumeRolePolicy } }) {
    return allowedBy(assumeRolePolicy)
      .filter(({ principals }) => principals.some(isOidc))
      .flatMap((statement) => {
        const subjects = valuesOf(statement, ":sub");
        const isOpen = statement.principals.some(isGitHub) ? isOpenAtGitHub : hasWildcard;
        const open = subjects.filter(isOpen);
        if (valuesOf(statement, ":aud").length === 0)
          return [{ found: "tokens for any audience", allowed: "one `aud`" }];
        if (subjects.length === 0) return [{ found: "tokens of anyone", allowed: "a `sub` in full" }];
        return open.map((subject) => ({ found: `tokens of ${subject}`, allowed: "a `sub` in full" }));
      });
  },
});

/** Providers of the account; Cognito, which is AWS's own, has other claims. */
const isOidc = ({ type, id }: Principal) => type === "Federated" && id.includes(":oidc-provider/");

/** The values that conditions ask of a claim; those that forbid values do not say whose the token is. */
function valuesOf({ conditions }: Statement, claim: string): string[] {
  return conditions
    .filter(({ operator }) => /^(ForAnyValue:)?String(Equals|Like)(IgnoreCase)?$/.test(operator))
    .filter(({ key }) => key.endsWith(claim))
    .flatMap(({ values }) => values);
}

/** Claims that any repository's tokens may have, in subjects that are customized to begin with them. */
const OF_ANYONE = /^(workflow|environment|ref|context|head_ref|base_ref)/;

const isGitHub = ({ id }: Principal) => id.endsWith("/token.actions.githubusercontent.com");

/** A subject's second part says whose it is: `repo:owner/name:…`, `project_path:group/project:…`. */
const hasWildcard = (subject: string) => /[*?]/.test(subject.split(":").slice(0, 2).join(":"));

/** `repo:owner/name:…` may leave open what comes after the repository, nothing before. */
function isOpenAtGitHub(subject: string): boolean {
  const [kind = "", owner] = subject.split(":");
  if (owner === undefined || OF_ANYONE.test(kind) || hasWildcard(subject)) return true;
  return kind === "repo" && !/^[^/]+\/[^/]+$/.test(owner);
}
