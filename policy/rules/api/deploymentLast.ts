import { stackRule } from "../../lib/rule";

export const apiDeploymentLast = stackRule({
  name: "api-deployment-last",
  title: "The API is deployed after all its methods and integrations",
  why: "A route that is made after the snapshot is missing from it until something else changes.",
  cure: "Name all methods and integrations in the Deployment's `dependsOn`.",
  severity: "high",
  tier: "aws",
  url: "https://www.pulumi.com/registry/packages/aws/api-docs/apigateway/deployment/",
  types: ["aws:apigateway/deployment:Deployment"],
  check(deployment, { stack }) {
    const [api] = stack.references(deployment, "aws:apigateway/restApi:RestApi", "restApi");
    if (api === undefined) return undefined;
    const parts = [
      ...stack.referring(api, "aws:apigateway/method:Method", "restApi"),
      ...stack.referring(api, "aws:apigateway/integration:Integration", "restApi"),
    ];
    return parts
      .filter((part) => !stack.dependsOn(deployment, part))
      .map(({ name, type }) => ({
        found: `deployed before ${type.split(":").at(-1)} ${name}`,
        allowed: "after all of them",
      }));
  },
});
