import { formatBytes } from "../../lib/formatBytes";
import { modelsOf } from "../../lib/models";
import { stackRule } from "../../lib/rule";

const MIB = 1024 * 1024;

/** MB that every function has. */
const DEFAULT_TMP = 512;

export const lambdaModelTmp = stackRule({
  name: "lambda-model-tmp",
  title: "A function's /tmp holds the largest model that it loads from a bucket",
  why: "A model that is not a file yet is written to /tmp, unpacked, before ONNX Runtime reads it; one that does not fit fails at the first request.",
  cure: "Raise `ephemeralStorage.size`, or serve the model from a file system, where it is a file already.",
  severity: "high",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html",
  types: ["aws:lambda/function:Function"],
  limits: { warnFrom: 0.8 },
  async check(fn, context) {
    const { warnFrom } = context.limits;
    const streamed = (await modelsOf(fn, context)).filter(({ from }) => from === "bucket");
    const [largest] = streamed.sort((a, b) => b.bytes - a.bytes);
    if (largest === undefined || largest.bytes < DEFAULT_TMP * MIB * warnFrom) return undefined;
    const tmp = fn.props.ephemeralStorage?.size ?? DEFAULT_TMP;
    if (largest.bytes < tmp * MIB * warnFrom) return undefined;
    return {
      found: `${tmp} MB of /tmp for ${largest.name} (${formatBytes(largest.bytes)})`,
      allowed: `at least ${Math.ceil(largest.bytes / MIB)} MB`,
      warning: largest.bytes <= tmp * MIB,
    };
  },
});
