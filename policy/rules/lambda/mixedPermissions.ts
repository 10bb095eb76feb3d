import { stackRule } from "../../lib/rule";

export const lambdaMixedPermissions = stackRule({
  name: "lambda-mixed-permissions",
  title: "A function's callers are said by one ResourcePolicy or by Permissions, not by both",
  why: "A ResourcePolicy replaces the whole policy of the function: each deployment takes away what the Permissions gave, and callers get 403 until the next one.",
  cure: "Put the Permissions' statements into the ResourcePolicy, or make Permissions of its statements.",
  severity: "high",
  tier: "aws",
  url: "https://www.pulumi.com/registry/packages/aws/api-docs/lambda/resourcepolicy/",
  types: ["aws:lambda/resourcePolicy:ResourcePolicy"],
  check(policy, { stack }) {
    return stack
      .references(policy, "aws:lambda/function:Function", "resourceArn")
      .flatMap((fn) => stack.referring(fn, "aws:lambda/permission:Permission", "function"))
      .map(({ name }) => ({
        found: `a ResourcePolicy beside Permission ${name}`,
        allowed: "one of the two",
      }));
  },
});
