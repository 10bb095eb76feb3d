import { resourceRule } from "../../lib/rule";

export const stackProtection = resourceRule({
  name: "stack-protection",
  title: "What holds data, or an address that callers know, is protected in production",
  why: "A wrong rename or a `pulumi destroy` in the wrong terminal must not take users' models or an API's address with it.",
  cure: "Set the option `protect`, or `forceDestroy` on a bucket whose objects can be made again.",
  severity: "high",
  tier: "advice",
  url: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  types: ["aws:apigateway/restApi:RestApi", "aws:efs/fileSystem:FileSystem", "aws:s3/bucket:Bucket"],
  limits: { stacks: ["prod", "production"] },
  check(resource, { limits: { stacks } }) {
    const stack = /^urn:pulumi:([^:]+)::/.exec(resource.urn)?.[1] ?? "";
    const isDisposable = resource.type === "aws:s3/bucket:Bucket" && resource.props.forceDestroy === true;
    if (!stacks.includes(stack) || resource.protect || isDisposable) return undefined;
    return { found: `not protected in ${stack}`, allowed: "protected" };
  },
});
