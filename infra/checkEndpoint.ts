import type { EndpointArgs } from "./endpointArgs";
import type { ModelSource } from "./models/modelSource";
import { nearest } from "./nearest";

/** The arguments that each source of a model takes; types hold the lists to the interfaces. */
const SOURCES: { readonly [S in ModelSource as S["source"]]: Readonly<Record<keyof S, true>> } = {
  bundle: { source: true },
  s3: { source: true, prefixes: true, bucketVariable: true, keyVariable: true, key: true },
  volume: { source: true },
  sagemaker: { source: true, endpointName: true },
};
const ARGS: Readonly<Record<keyof EndpointArgs, true>> = {
  shared: true,
  model: true,
  evaluator: true,
  paths: true,
  memorySize: true,
  timeout: true,
  uploads: true,
  shadows: true,
};

/**
 * Checks what `index.ts` says of an endpoint: the program is run without a look at its types.
 *
 * @throws Error  One line with the endpoint, the field and what it must be.
 */
export function checkEndpoint(name: string, args: EndpointArgs): void {
  const reject = (field: string, wrong: string): never => {
    throw new Error(`Endpoint "${name}" in index.ts: \`${field}\` ${wrong}.`);
  };
  const rejectUnknown = (object: object, known: readonly string[], prefix: string) => {
    const unknown = Object.keys(object).find((key) => !known.includes(key));
    if (unknown !== undefined) {
      reject(`${prefix}${unknown}`, `is unknown${nearest(unknown, known)}; it takes ${known.join(", ")}`);
    }
  };
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(name)) {
    reject("name", "must be 1 to 40 of a-z, 0-9 and -, as its folder in functions/");
  }
  rejectUnknown(args, Object.keys(ARGS), "");
  const { model, evaluator, memorySize, timeout } = args;
  const sources = Object.keys(SOURCES);
  if (typeof model !== "object" || model === null)
    reject("model", `must be { source: "bundle" } or another of ${sources.join(", ")}`);
  if (!sources.includes(model.source)) {
    reject(
      "model.source",
      `is ${JSON.stringify(model.source)}${nearest(String(model.source), sources)}; it must be one of ${sources.join(", ")}`,
    );
  }
  rejectUnknown(model, Object.keys(SOURCES[model.source]), "model.");
  if (model.source === "s3" && !isTextList(model.prefixes)) {
    reject("model.prefixes", 'must be a list of what the keys of its models begin with, such as ["models/"]');
  }
  if (evaluator !== undefined && !["onnxruntime", "javascript"].includes(evaluator)) {
    reject("evaluator", `is ${JSON.stringify(evaluator)}; it must be one of onnxruntime, javascript`);
  }
  if (memorySize !== undefined && !isWithin(memorySize, 128, 3008)) {
    reject("memorySize", `is ${JSON.stringify(memorySize)}; it must be a whole number from 128 to 3008`);
  }
  if (timeout !== undefined && !isWithin(timeout, 1, 29)) {
    reject("timeout", `is ${JSON.stringify(timeout)}; it must be a whole number from 1 to 29`);
  }
}

function isTextList(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string" && item !== "")
  );
}

function isWithin(value: unknown, min: number, max: number): boolean {
  return Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
}
