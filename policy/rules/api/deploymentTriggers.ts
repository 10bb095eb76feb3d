import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const apiDeploymentTriggers = resourceRule({
  name: "api-deployment-triggers",
  title: "A changed route is deployed",
  why: "A Deployment is a snapshot: without triggers over the routes it stays the old one, and the new route answers 403.",
  cure: "Set `triggers` to a hash of the routes, their integrations and the API's settings.",
  severity: "medium",
  tier: "advice",
  url: "https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/deployment/",
  types: ["aws:apigateway/deployment:Deployment"],
  check({ props }) {
    return isSet(props, "triggers") ? undefined : { found: "no triggers", allowed: "a hash of the routes" };
  },
});
