import { resourceRule } from "../../lib/rule";
import { allowedBy, IDENTITY_POLICIES, identityDocuments } from "../../lib/statements";

export const iamStarActions = resourceRule({
  name: "iam-star-actions",
  title: "A policy names its actions",
  why: "`*` and `s3:*` include deleting, and what AWS will add next year.",
  cure: "List the actions that are used.",
  severity: "high",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  controls: ["IAM.1", "IAM.21", "CKV_AWS_62", "CKV_AWS_63"],
  types: IDENTITY_POLICIES,
  check(resource) {
    const isWhole = (action: string) => /^(([\w-]+|\*):)?\*+$/.test(action);
    return identityDocuments(resource)
      .flatMap(allowedBy)
      .flatMap(({ actions, notActions }) => [
        ...actions
          .filter(isWhole)
          .map((action) => ({ found: `action ${action}`, allowed: "actions by name" })),
        ...(notActions.length > 0
          ? [{ found: `all actions but ${notActions.join(", ")}`, allowed: "actions by name" }]
          : []),
      ]);
  },
});
