import { formatBytes } from "../../lib/formatBytes";
import { largestFiles } from "../../lib/packages/largestFiles";
import { packagesOf } from "../../lib/packages/packageOf";
import { stackRule } from "../../lib/rule";

export const packageUnzippedSize = stackRule({
  name: "package-unzipped-size",
  title: "A function and its layers are together at most 250 MB unzipped",
  why: "Lambda unpacks them into one file system and refuses a function that does not fit.",
  cure: "Take out the largest files: other platforms' libraries first; a large model belongs in a bucket or on a volume.",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  types: ["aws:lambda/function:Function"],
  limits: { maxBytes: 262_144_000, warnFrom: 0.8 },
  async check(fn, context) {
    const { maxBytes, warnFrom } = context.limits;
    const files = (await packagesOf(fn, context)).flatMap((one) =>
      one.package.files.map(({ path, size }) => ({ path: `${one.name}: ${path}`, size })),
    );
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    if (bytes < maxBytes * warnFrom) return undefined;
    return {
      found: `${formatBytes(bytes)} unzipped with its layers (largest: ${largestFiles(files)})`,
      allowed: `at most ${formatBytes(maxBytes)}`,
      warning: bytes <= maxBytes,
    };
  },
});
