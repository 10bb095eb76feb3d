import { type StackContext, stackRule } from "../../lib/rule";
import type { StackResource } from "../../lib/stack";

const TYPES = ["aws:apigateway/stage:Stage", "aws:apigatewayv2/stage:Stage"] as const;

export const apiExecutionLogs = stackRule({
  name: "api-execution-logs",
  title: "The API logs its own errors",
  why: "It tells why the gateway refused. Access logs carry `integrationErrorMessage` already, so it is off.",
  cure: "Make MethodSettings for `*/*` with `loggingLevel` ERROR; on a WebSocket API's stage set it in `defaultRouteSettings`.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-1",
  controls: ["APIGateway.1", "AwsSolutions-APIG6"],
  types: TYPES,
  check(stage, { stack }) {
    const levels = loggingLevels(stage, stack);
    if (levels === undefined || levels.some((level) => level === "ERROR" || level === "INFO"))
      return undefined;
    return { found: "execution logs off", allowed: "ERROR or INFO" };
  },
});

/** The levels for all methods of a stage; `undefined` for an HTTP API's, which has no such logs. */
function loggingLevels(
  stage: StackResource<(typeof TYPES)[number]>,
  stack: StackContext<unknown>["stack"],
): (string | undefined)[] | undefined {
  if (stage.type === "aws:apigatewayv2/stage:Stage") {
    const [api] = stack.references(stage, "aws:apigatewayv2/api:Api", "apiId");
    return api?.props.protocolType === "WEBSOCKET"
      ? [stage.props.defaultRouteSettings?.loggingLevel]
      : undefined;
  }
  return stack
    .referring(stage, "aws:apigateway/methodSettings:MethodSettings", "stageName")
    .filter(({ props }) => props.methodPath === "*/*")
    .map(({ props }) => props.settings.loggingLevel);
}
