import { resourceRule } from "../../lib/rule";

export const apiReplacement = resourceRule({
  name: "api-replacement",
  title: "An API and its deployment are replaced by their successors, not deleted first",
  why: "Pulumi makes the new one, moves the stage to it and deletes the old one; with `deleteBeforeReplace` callers get errors in between, and an active deployment cannot be deleted at all.",
  cure: "Remove the option `deleteBeforeReplace`.",
  severity: "medium",
  tier: "advice",
  url: "https://www.pulumi.com/docs/iac/concepts/resources/options/deletebeforereplace/",
  controls: ["CKV_AWS_217", "CKV_AWS_237"],
  types: ["aws:apigateway/deployment:Deployment", "aws:apigateway/restApi:RestApi"],
  check({ deleteBeforeReplace }) {
    return deleteBeforeReplace
      ? { found: "deleted before its successor is made", allowed: "after" }
      : undefined;
  },
});
