import { resourceRule } from "../../lib/rule";

export const lambdaTracing = resourceRule({
  name: "lambda-tracing",
  title: "A function traces its requests",
  why: "Without traces a slow request does not tell whether the start, the model or a fetch was slow; not set means not traced.",
  cure: "Set `tracingConfig.mode` to Active (setting `paddock:tracing`).",
  severity: "low",
  tier: "strict",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html",
  controls: ["Lambda.7", "CKV_AWS_50", "Serverless-LambdaTracing"],
  types: ["aws:lambda/function:Function"],
  check({ props: { tracingConfig } }) {
    if (tracingConfig?.mode === "Active") return undefined;
    return { found: `tracing mode ${tracingConfig?.mode ?? "not set"}`, allowed: "Active" };
  },
  remediate(props) {
    props.tracingConfig = { mode: "Active" };
  },
});
