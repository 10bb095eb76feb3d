import { resourceRule } from "../../lib/rule";

export const apiAccessLogs = resourceRule({
  name: "api-access-logs",
  title: "The REST API logs who called it, as JSON",
  why: "What the gateway itself refuses never reaches a function: only here it can be seen.",
  cure: "Set `accessLogSettings` (setting `paddock:accessLogs`); the region's API Gateway account needs a role for it.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  controls: ["APIGateway.9", "CKV_AWS_76", "APIGWAccessLogging", "APIGWStructuredLogging"],
  types: ["aws:apigateway/stage:Stage"],
  check({ props: { accessLogSettings } }) {
    if (accessLogSettings === undefined) return { found: "no access logs", allowed: "access logs as JSON" };
    if (isJson(accessLogSettings.format)) return undefined;
    return { found: "access logs that are no JSON", allowed: "access logs as JSON" };
  },
});

function isJson(format: string): boolean {
  try {
    return typeof JSON.parse(format) === "object";
  } catch {
    return false;
  }
}
