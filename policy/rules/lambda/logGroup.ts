import { stackRule } from "../../lib/rule";

export const lambdaLogGroup = stackRule({
  name: "lambda-log-group",
  title: "A function logs into a log group of the stack",
  why: "The group that Lambda makes by itself keeps its logs for ever and outlives the stack.",
  cure: "Make a LogGroup with `retentionInDays`, not under `/aws/lambda/`, and name it in `loggingConfig.logGroup`.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html",
  types: ["aws:lambda/function:Function"],
  check(fn, { stack }) {
    const [logGroup] = stack.references(fn, "aws:cloudwatch/logGroup:LogGroup", "loggingConfig");
    if (logGroup === undefined)
      return { found: "no log group of the stack", allowed: "a LogGroup of the stack" };
    const name = logGroup.props.name ?? "";
    if (!name.startsWith("/aws/lambda/")) return undefined;
    return {
      found: `log group ${name}, which Lambda makes again after a destroy`,
      allowed: "another prefix",
    };
  },
});
