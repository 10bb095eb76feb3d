import { formatBytes } from "../../lib/formatBytes";
import { resourceRule } from "../../lib/rule";

export const lambdaEnvironmentSize = resourceRule({
  name: "lambda-environment-size",
  title: "A function's environment is at most 4 KB",
  why: "AWS refuses a larger one, names and values counted together.",
  cure: "Move long values into the package, a bucket or a parameter store.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  types: ["aws:lambda/function:Function"],
  limits: { maxBytes: 4096, warnFrom: 0.8 },
  check({ props: { environment } }, { limits: { maxBytes, warnFrom } }) {
    const bytes = Buffer.byteLength(JSON.stringify(environment?.variables ?? {}));
    if (bytes < maxBytes * warnFrom) return undefined;
    return {
      found: `an environment of ${formatBytes(bytes)}`,
      allowed: `at most ${formatBytes(maxBytes)}`,
      warning: bytes <= maxBytes,
    };
  },
});
