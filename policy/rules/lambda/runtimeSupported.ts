import { resourceRule } from "../../lib/rule";

export const lambdaRuntimeSupported = resourceRule({
  name: "lambda-runtime-supported",
  title: "A function runs on a runtime that AWS supports",
  why: "A runtime past its end gets no security fixes, and after a while its functions can no longer be changed.",
  cure: "Set `runtime` to one of these.",
  severity: "high",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
  controls: ["Lambda.2", "CKV_AWS_363", "LambdaLatestVersion"],
  types: ["aws:lambda/function:Function"],
  limits: { runtimes: ["nodejs22.x", "nodejs24.x"] },
  check({ props: { runtime, packageType } }, { limits: { runtimes } }) {
    if (packageType === "Image" || runtimes.includes(String(runtime))) return undefined;
    return { found: `runtime ${runtime ?? "not set"}`, allowed: runtimes.join(", ") };
  },
});
