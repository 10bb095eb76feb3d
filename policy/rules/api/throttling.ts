import { stackRule } from "../../lib/rule";

export const apiThrottling = stackRule({
  name: "api-throttling",
  title: "An API is throttled, every method of it",
  why: "Without a limit of its own one API takes the whole account's rate, and a loop somewhere becomes a bill.",
  cure: "Make MethodSettings for `*/*` with `throttlingRateLimit` and `throttlingBurstLimit`; on an HTTP API's stage set them in `defaultRouteSettings`.",
  severity: "medium",
  tier: "strict",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
  controls: ["Serverless-APIGWDefaultThrottling"],
  types: ["aws:apigateway/stage:Stage", "aws:apigatewayv2/stage:Stage"],
  limits: { maxRate: 10_000, maxBurst: 5_000 },
  check(stage, { limits: { maxRate, maxBurst }, stack }) {
    const settings =
      stage.type === "aws:apigatewayv2/stage:Stage"
        ? stage.props.defaultRouteSettings
        : stack
            .referring(stage, "aws:apigateway/methodSettings:MethodSettings", "stageName")
            .find(({ props }) => props.methodPath === "*/*")?.props.settings;
    const { throttlingRateLimit: rate = -1, throttlingBurstLimit: burst = -1 } = settings ?? {};
    const allowed = `a rate up to ${maxRate}/s and a burst up to ${maxBurst}`;
    if (rate < 0 || burst < 0) return { found: "no throttling of all methods", allowed };
    return rate <= maxRate && burst <= maxBurst
      ? undefined
      : { found: `rate ${rate}/s, burst ${burst}`, allowed };
  },
});
