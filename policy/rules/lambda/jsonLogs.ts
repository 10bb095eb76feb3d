import { resourceRule } from "../../lib/rule";

export const lambdaJsonLogs = resourceRule({
  name: "lambda-json-logs",
  title: "A function logs JSON",
  why: "Lines of text cannot be searched by request or filtered by level.",
  cure: "Set `loggingConfig.logFormat` to JSON.",
  severity: "low",
  tier: "strict",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html",
  types: ["aws:lambda/function:Function"],
  check({ props: { loggingConfig } }) {
    if (loggingConfig?.logFormat === "JSON") return undefined;
    return { found: `log format ${loggingConfig?.logFormat ?? "not set (then Text)"}`, allowed: "JSON" };
  },
  remediate(props) {
    props.loggingConfig = { ...props.loggingConfig, logFormat: "JSON" };
  },
});
