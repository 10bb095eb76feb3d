import { matchesWildcard } from "@paddock/local/iam";
import { resourceRule } from "../../lib/rule";
import { allowedBy, IDENTITY_POLICIES, identityDocuments } from "../../lib/statements";

/** Actions that give their holder any other right. */
const ESCALATING =
  /^(iam:(PassRole|Create|Attach|Put|Update|Add|Set|Upload)\w*|sts:AssumeRole|lambda:(Create|Update)Function\w*|glue:UpdateDevEndpoint|kms:(PutKeyPolicy|CreateGrant))$/i;

/** One of each kind, which a wildcard (`iam:Put*`) may match. */
const EXAMPLES = [
  "iam:PassRole",
  "iam:CreatePolicyVersion",
  "iam:CreateAccessKey",
  "iam:AttachRolePolicy",
  "iam:PutRolePolicy",
  "iam:UpdateAssumeRolePolicy",
  "iam:AddUserToGroup",
  "iam:SetDefaultPolicyVersion",
  "sts:AssumeRole",
  "lambda:CreateFunction",
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
  "glue:UpdateDevEndpoint",
  "kms:PutKeyPolicy",
  "kms:CreateGrant",
].map((action) => action.toLowerCase());

/** AWS asks for these of a principal that passes or assumes a role; one role by name gives no other right. */
const HANDS_OVER = /^(iam:PassRole|sts:AssumeRole)$/i;

const isOneRole = (resource: string) => !/[*?]/.test(resource);

function escalates(action: string): boolean {
  return (
    ESCALATING.test(action) || EXAMPLES.some((example) => matchesWildcard(action.toLowerCase(), example))
  );
}

export const iamEscalation = resourceRule({
  name: "iam-escalation",
  title: "A function's role cannot give itself more rights",
  why: "Whoever gets to run code in such a function owns the account.",
  cure: "Remove the action: deploying is Pulumi's work, not a function's.",
  severity: "critical",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
  controls: ["CKV2_AWS_40"],
  types: IDENTITY_POLICIES,
  check(resource) {
    return identityDocuments(resource)
      .flatMap(allowedBy)
      .flatMap(({ actions, resources }) =>
        actions.filter(
          (action) => escalates(action) && !(HANDS_OVER.test(action) && resources.every(isOneRole)),
        ),
      )
      .map((action) => ({ found: `action ${action}`, allowed: "none that gives rights" }));
  },
});
