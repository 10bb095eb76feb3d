import { resourceRule } from "../../lib/rule";
import { allowedBy } from "../../lib/statements";

export const forbidPublicKey = resourceRule({
  name: "kms-public-key",
  title: "A key's policy names who may use it",
  why: "Principal `*` without a condition lets every account in the world decrypt.",
  cure: "Set `policy` with the account and the roles that use the key.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
  controls: ["KMS.5", "CKV_AWS_33", "CKV2_AWS_64"],
  types: ["aws:kms/key:Key"],
  check({ props: { policy } }) {
    if (policy === undefined) return { found: "no policy of its own", allowed: "principals by name" };
    const isOpen = allowedBy(policy).some(
      ({ principals, condition }) => principals.includes("*") && Object.keys(condition).length === 0,
    );
    return isOpen ? { found: "principal `*`", allowed: "principals by name" } : undefined;
  },
});
