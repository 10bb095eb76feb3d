import { formatBytes } from "../../lib/formatBytes";
import { largestFiles } from "../../lib/packages/largestFiles";
import { filesOf, matching } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

export const packageBallast = stackRule({
  name: "package-ballast",
  title:
    "A package holds no source maps, tests, caches, development dependencies or other platforms' libraries",
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
      "(^|/)\\.(git|github|venv|pytest_cache|mypy_cache|cache)/",
      "(^|/)__pycache__/",
      "(^|/)(\\.DS_Store|Thumbs\\.db)$",
      "(^|/)node_modules/(typescript|@types|eslint|jest|mocha|vitest|prettier|webpack|esbuild|ts-node)/",
      "(^|/)node_modules/(@[^/]+/)?[^/]*-(win32|darwin|freebsd|android)-[^/]*/",
    ],
  },
  async check(resource, context) {
    const files = await filesOf(resource, context);
    const isBallast = matching(context.limits.patterns);
    const ballast = files.filter(({ path }) => isBallast(path));
    if (ballast.length === 0) return undefined;
    return {
      found: `${ballast.length} files (${formatBytes(ballast.reduce((sum, { size }) => sum + size, 0))}) that nothing loads: ${largestFiles(ballast)}`,
      allowed: "none of them",
    };
  },
});
