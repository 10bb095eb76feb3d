import { resourceRule } from "../../lib/rule";
import { allowedBy } from "../../lib/statements";

/** What gives its holder any other right. */
const ESCALATING =
  /^(iam:(PassRole|Create|Attach|Put|Update|Add|Set|Upload)\w*|sts:AssumeRole|lambda:(Create|Update)Function\w*|kms:(PutKeyPolicy|CreateGrant))$/i;

export const forbidEscalation = resourceRule({
  name: "iam-escalation",
  title: "A function's role cannot give itself more rights",
  why: "Whoever gets to run code in such a function owns the account.",
  cure: "Remove the action: deploying is Pulumi's work, not a function's.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  controls: ["CKV_AWS_286", "CKV_AWS_287", "CKV_AWS_289", "CKV2_AWS_40"],
  types: ["aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy"],
  check({ props: { policy } }) {
    return allowedBy(policy)
      .flatMap(({ actions }) => actions.filter((action) => ESCALATING.test(action)))
      .map((action) => ({ found: `action ${action}`, allowed: "none that gives rights" }));
  },
});
