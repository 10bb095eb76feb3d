import { formatBytes } from "../../lib/formatBytes";
import { largestFiles } from "../../lib/packages/largestFiles";
import { readPackage } from "../../lib/packages/readPackage";
import { resourceRule } from "../../lib/rule";

export const packageZippedSize = resourceRule({
  name: "package-zipped-size",
  title: "A package that goes up with the request is at most 50 MB zipped",
  why: "Lambda refuses a larger one after the upload, when other resources of the update are made already.",
  cure: "Take files out of the package, or upload it through a bucket of the stack (`s3Bucket`, `s3Key`).",
  severity: "high",
  tier: "aws",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
  types: ["aws:lambda/function:Function", "aws:lambda/layerVersion:LayerVersion"],
  limits: { maxBytes: 52_428_800, warnFrom: 0.8 },
  async check({ props }, { limits: { maxBytes, warnFrom }, root }) {
    if (props.code === undefined) return undefined;
    const opened = await readPackage(props.code, root).catch(() => undefined);
    // `package-readable` speaks of what cannot be opened.
    if (opened === undefined || opened.zippedSize < maxBytes * warnFrom) return undefined;
    return {
      found: `${formatBytes(opened.zippedSize)} zipped (${opened.source}; largest: ${largestFiles(opened.files)})`,
      allowed: `at most ${formatBytes(maxBytes)}`,
      warning: opened.zippedSize <= maxBytes,
    };
  },
});
