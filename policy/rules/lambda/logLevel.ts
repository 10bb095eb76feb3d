import { resourceRule } from "../../lib/rule";

export const lambdaLogLevel = resourceRule({
  name: "lambda-log-level",
  title: "A function does not log at DEBUG or TRACE",
  why: "Those levels write what callers sent, and cost more than the requests; Lambda's default is INFO.",
  cure: "Remove `applicationLogLevel` and `systemLogLevel` from `loggingConfig`, or set INFO or above.",
  severity: "low",
  tier: "advice",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html",
  types: ["aws:lambda/function:Function"],
  limits: { levels: ["INFO", "WARN", "ERROR", "FATAL"] },
  check({ props: { loggingConfig } }, { limits: { levels } }) {
    const { applicationLogLevel: application = "INFO", systemLogLevel: system = "INFO" } =
      loggingConfig ?? {};
    return [
      { of: "application", level: application },
      { of: "system", level: system },
    ]
      .filter(({ level }) => !levels.includes(level))
      .map(({ of, level }) => ({ found: `${of} log level ${level}`, allowed: levels.join(", ") }));
  },
});
