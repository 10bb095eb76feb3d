import { onnxRuntimeFiles } from "../../lib/packages/onnxRuntimeFiles";
import { packagesOf } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

export const lambdaOnnxruntimeTelemetry = stackRule({
  name: "lambda-onnxruntime-telemetry",
  title: "A function with ONNX Runtime turns its telemetry off",
  why: "On Linux onnxruntime-node 1.30 carries a telemetry client: it costs about 10 ms of the first request and calls home.",
  cure: 'Set `ORT_DISABLE_TELEMETRY` to "1" in the function\'s environment.',
  severity: "medium",
  tier: "advice",
  url: "https://github.com/microsoft/onnxruntime/issues/27379",
  types: ["aws:lambda/function:Function"],
  async check(fn, context) {
    const packages = await packagesOf(fn, context);
    if (!packages.some((one) => onnxRuntimeFiles(one.package).length > 0)) return undefined;
    const value = fn.props.environment?.variables?.ORT_DISABLE_TELEMETRY;
    return value === "1"
      ? undefined
      : { found: `ORT_DISABLE_TELEMETRY ${value === undefined ? "not set" : `"${value}"`}`, allowed: '"1"' };
  },
});
