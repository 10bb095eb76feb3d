import { stackRule } from "../../lib/rule";

export const requireFailureDestination = stackRule({
  name: "lambda-failure-destination",
  title: "What a function that is invoked asynchronously fails at is kept",
  why: "After two more tries Lambda drops the event without a trace.",
  cure: "Set `destinationConfig.onFailure` in a FunctionEventInvokeConfig, or the function's `deadLetterConfig`.",
  severity: "medium",
  level: "advisory",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html",
  controls: ["CKV_AWS_116", "LambdaDLQ", "LambdaAsyncFailureDestination"],
  types: ["aws:s3/bucketNotification:BucketNotification"],
  check(notification, { stack }) {
    return stack
      .references(notification, "aws:lambda/function:Function", "lambdaFunctions")
      .filter((fn) => {
        const configs = stack.referring(
          fn,
          "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
          "functionName",
        );
        return !fn.props.deadLetterConfig && !configs.some(({ props }) => props.destinationConfig?.onFailure);
      })
      .map(({ name }) => ({
        found: `${name} drops events it fails at`,
        allowed: "a destination for failures",
      }));
  },
});
