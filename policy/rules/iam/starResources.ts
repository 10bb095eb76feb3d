import { resourceRule } from "../../lib/rule";
import { allowedBy } from "../../lib/statements";

/** Actions that AWS lets no policy narrow to a resource, or that Lambda asks for on `*`. */
const WITHOUT_RESOURCE = [
  "xray:PutTraceSegments",
  "xray:PutTelemetryRecords",
  "cloudwatch:PutMetricData",
  "logs:DescribeLogGroups",
  "sts:GetCallerIdentity",
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

export const iamStarResources = resourceRule({
  name: "iam-star-resources",
  title: "A policy names its resources",
  why: "On `*` a function may read every bucket of the account, other teams' as well.",
  cure: "Name the ARNs; actions that take no resource are a list in this rule's configuration.",
  severity: "high",
  url: "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
  controls: ["CKV_AWS_355", "CKV_AWS_288", "CKV_AWS_290", "IAMNoWildcardPermissions"],
  types: ["aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy"],
  limits: { actionsWithoutResource: WITHOUT_RESOURCE },
  check({ props: { policy } }, { limits: { actionsWithoutResource } }) {
    return allowedBy(policy).flatMap(({ actions, resources, notResources }) => {
      const every =
        notResources.length > 0
          ? "every resource"
          : resources.find(isEvery)?.replace(/^\*+$/, "every resource");
      return every === undefined
        ? []
        : actions
            .filter((action) => !actionsWithoutResource.includes(action))
            .map((action) => ({ found: `${action} on ${every}`, allowed: "resources by ARN" }));
    });
  },
});

/** `*`, or an ARN that names no more than the service: `arn:aws:s3:::*` is every bucket as well. */
const isEvery = (resource: string) => /^(\*+|arn(:[^:]*){4}:\*+([:/]\*+)*)$/.test(resource);
