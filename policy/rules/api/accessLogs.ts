import { resourceRule } from "../../lib/rule";

export const apiAccessLogs = resourceRule({
  name: "api-access-logs",
  title: "An API logs who called it, as JSON",
  why: "What the gateway itself refuses never reaches a function: only here it can be seen.",
  cure: "Set `accessLogSettings` (setting `paddock:accessLogs`); for a REST API the region's API Gateway account needs a role.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html",
  controls: ["APIGateway.9", "CKV_AWS_76", "AwsSolutions-APIG1", "Serverless-APIGWStructuredLogging"],
  types: ["aws:apigateway/stage:Stage", "aws:apigatewayv2/stage:Stage"],
  check({ props: { accessLogSettings } }) {
    if (accessLogSettings === undefined) return { found: "no access logs", allowed: "access logs as JSON" };
    if (isJson(accessLogSettings.format)) return undefined;
    return { found: "access logs that are not JSON", allowed: "access logs as JSON" };
  },
});

function isJson(format: string | undefined): boolean {
  try {
    return typeof JSON.parse(format ?? "") === "object";
  } catch {
    return false;
  }
}
