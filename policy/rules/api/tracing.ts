import { resourceRule } from "../../lib/rule";

export const apiTracing = resourceRule({
  name: "api-tracing",
  title: "The REST API traces its requests",
  why: "A trace that begins at the function leaves out the time in front of it.",
  cure: "Set the stage's `xrayTracingEnabled` (setting `paddock:tracing`).",
  severity: "low",
  tier: "strict",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html",
  controls: ["APIGateway.3", "CKV_AWS_73", "Serverless-APIGWXrayEnabled"],
  types: ["aws:apigateway/stage:Stage"],
  check({ props: { xrayTracingEnabled } }) {
    return xrayTracingEnabled ? undefined : { found: "no tracing", allowed: "X-Ray tracing" };
  },
  remediate(props) {
    props.xrayTracingEnabled = true;
  },
});
