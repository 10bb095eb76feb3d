import { stackRule } from "../../lib/rule";
import type { Stack, StackResource } from "../../lib/stack";

type Notification = StackResource<"aws:s3/bucketNotification:BucketNotification">;
type Function = StackResource<"aws:lambda/function:Function">;

export const lambdaFailureDestination = stackRule({
  name: "lambda-failure-destination",
  title: "What a function that is invoked asynchronously fails at is kept",
  why: "After two more tries Lambda drops the event without a trace.",
  cure: "Set `destinationConfig.onFailure` in a FunctionEventInvokeConfig with the qualifier that is called, or the function's `deadLetterConfig`.",
  severity: "medium",
  tier: "advice",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
  types: ["aws:s3/bucketNotification:BucketNotification"],
  check(notification, { stack }) {
    return stack
      .references(notification, "aws:lambda/function:Function", "lambdaFunctions")
      .filter((fn) => !fn.props.deadLetterConfig && !hasDestination(fn, notification, stack))
      .map(({ name }) => ({
        found: `${name} drops events it fails at`,
        allowed: "a destination for failures",
      }));
  },
});

/** A configuration counts for its own qualifier: one of the function's counts for no alias. */
function hasDestination(fn: Function, notification: Notification, stack: Stack): boolean {
  const aliases = stack.referring(fn, "aws:lambda/alias:Alias", "functionName");
  const called = stack
    .references(notification, "aws:lambda/alias:Alias", "lambdaFunctions")
    .filter(({ urn }) => aliases.some((alias) => alias.urn === urn));
  const configured = stack
    .referring(fn, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "functionName")
    .filter(({ props }) => props.destinationConfig?.onFailure)
    .map(({ props }) => props.qualifier || undefined);
  const qualifiers = called.length > 0 ? called.map(({ props }) => props.name) : [undefined];
  return qualifiers.every((qualifier) => configured.includes(qualifier));
}
