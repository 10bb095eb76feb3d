import { resourceRule } from "../../lib/rule";
import { allowedBy, isForEveryone } from "../../lib/statements";

export const kmsPublicKey = resourceRule({
  name: "kms-public-key",
  title: "A key's policy names who may use it",
  why: "Principal `*` lets every account in the world decrypt, unless a condition says who: one for TLS does not.",
  cure: "Set `policy` with the account and the roles that use the key.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
  controls: ["KMS.5", "CKV_AWS_33"],
  types: ["aws:kms/key:Key", "aws:kms/keyPolicy:KeyPolicy"],
  check({ props: { policy } }) {
    // AWS's own default names the account.
    if (policy === undefined) return undefined;
    return allowedBy(policy).some(isForEveryone)
      ? { found: "principal `*`", allowed: "principals by name" }
      : undefined;
  },
});
