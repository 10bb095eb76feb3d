import { resourceRule } from "../../lib/rule";

/** Those past their end in the table of the page below, in November 2026. */
const ENDED = [
  "nodejs nodejs4.3 nodejs4.3-edge nodejs6.10 nodejs8.10 nodejs10.x nodejs12.x nodejs14.x nodejs16.x nodejs18.x nodejs20.x",
  "python2.7 python3.6 python3.7 python3.8 python3.9 java8 go1.x provided ruby2.5 ruby2.7 ruby3.2",
  "dotnetcore1.0 dotnetcore2.0 dotnetcore2.1 dotnetcore3.1 dotnet5.0 dotnet6 dotnet7",
].flatMap((line) => line.split(" "));

export const lambdaRuntimeSupported = resourceRule({
  name: "lambda-runtime-supported",
  title: "A function runs on a runtime that AWS supports",
  why: "A runtime past its end gets no security fixes, and after a while its functions can no longer be changed.",
  cure: "Set `runtime` to a newer one of the same language.",
  severity: "high",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
  controls: ["Lambda.2", "CKV_AWS_363"],
  types: ["aws:lambda/function:Function"],
  limits: {
    ended: ENDED,
  },
  check({ props: { runtime, packageType } }, { limits: { ended } }) {
    if (packageType === "Image") return undefined;
    if (runtime === undefined) return { found: "no runtime", allowed: "a runtime of Lambda" };
    return ended.includes(runtime)
      ? { found: `runtime ${runtime}, past its end`, allowed: "one that AWS supports" }
      : undefined;
  },
});
