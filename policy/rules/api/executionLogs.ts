import { resourceRule } from "../../lib/rule";

export const apiExecutionLogs = resourceRule({
  name: "api-execution-logs",
  title: "The API logs its own errors",
  why: "It tells why the gateway refused. Access logs carry `integrationErrorMessage` already, so it is off.",
  cure: "Set `settings.loggingLevel` to ERROR.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1",
  controls: ["APIGateway.1", "CKV2_AWS_4", "APIG6"],
  types: ["aws:apigateway/methodSettings:MethodSettings"],
  check({ props: { settings } }) {
    const { loggingLevel = "OFF" } = settings;
    return loggingLevel === "OFF" ? { found: "execution logs off", allowed: "ERROR or INFO" } : undefined;
  },
});
