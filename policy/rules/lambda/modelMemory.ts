import { formatBytes } from "../../lib/formatBytes";
import { modelsOf } from "../../lib/models";
import { stackRule } from "../../lib/rule";

const MIB = 1024 * 1024;

export const lambdaModelMemory = stackRule({
  name: "lambda-model-memory",
  title: "A function has memory for the largest model that it loads",
  why: "Beside Node.js and ONNX Runtime (192 MB) a model takes twice its size while it is loaded: a function with less refuses it, or is killed, at the first request.",
  cure: "Raise `memorySize`, or move the model's weights to external data on the file system, which is mapped instead of read.",
  severity: "high",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html",
  types: ["aws:lambda/function:Function"],
  // The same bounds as in functions/shared/modelStore/modelStoreFromEnv.ts.
  limits: { baseMegabytes: 192, factor: 2 },
  async check(fn, context) {
    const { baseMegabytes, factor } = context.limits;
    const [largest] = (await modelsOf(fn, context)).sort((a, b) => b.bytes - a.bytes);
    if (largest === undefined) return undefined;
    const needed = Math.ceil(baseMegabytes + (factor * largest.bytes) / MIB);
    const memory = fn.props.memorySize ?? 128;
    if (memory >= needed) return undefined;
    return {
      found: `${memory} MB for ${largest.name} (${formatBytes(largest.bytes)})`,
      allowed: `at least ${needed} MB`,
    };
  },
});
