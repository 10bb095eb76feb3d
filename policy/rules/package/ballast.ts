import { formatBytes } from "../../lib/formatBytes";
import { packageOf } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

export const packageBallast = stackRule({
  name: "package-ballast",
  title: "A package holds no source maps, tests or version control",
  why: "They make the upload and the cold start longer, and show more of the source than the function needs.",
  cure: "Leave them out when packaging: bundle the function, copy only what it loads.",
  severity: "low",
  tier: "advice",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html",
  types: ["aws:lambda/function:Function", "aws:lambda/layerVersion:LayerVersion"],
  limits: {
    patterns: [
      "\\.map$",
      "(^|/)(test|tests|__tests__)/",
      "\\.(test|spec)\\.[cm]?[jt]sx?$",
      "(^|/)\\.(git|github)/",
    ],
  },
  async check(resource, context) {
    const opened = await packageOf(resource, context);
    if ("closed" in opened) return undefined;
    const patterns = context.limits.patterns.map((pattern) => new RegExp(pattern));
    return opened.package.files
      .filter(({ path }) => patterns.some((pattern) => pattern.test(path)))
      .map(({ path, size }) => ({
        found: `${path} (${formatBytes(size)}) in the package`,
        allowed: "none such",
      }));
  },
});
