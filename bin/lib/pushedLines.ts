import { wrapCommand } from "@paddock/local/wrapCommand";
import type { ModelSignature, TensorSignature } from "../../functions/open-inference/modelSignature";
import card from "../../functions/pricing/model/card.json";
import type { ModelBucket } from "./modelBucket";

/** A request with more numbers is for a program. */
const MAX_ELEMENTS = 32;

interface PushedModel {
  readonly kind: "model" | "breed";
  readonly name: string;
  readonly version: string | undefined;
}

/** The version of a model that answers. */
interface ServedVersion {
  readonly version: string | undefined;
  /** Whether an alias names it; otherwise it is the highest. */
  readonly byAlias: boolean;
}

/**
 * Describes a model that was pushed: its address, what it takes and returns, and a request to try.
 *
 * @param served  Answers from now on. @default what was pushed
 */
export function pushedLines(
  { kind, name, version }: PushedModel,
  { inputs, outputs }: ModelSignature,
  { outputs: { openInferenceUrl, pricingUrl, examples } }: ModelBucket,
  served?: ServedVersion,
): string[] {
  const base = kind === "breed" ? pricingUrl : openInferenceUrl;
  const model = base === undefined || kind === "breed" ? base : `${base}v2/models/${name}`;
  const isServed = served === undefined || served.version === version;
  const address = isServed || model === undefined ? model : `${model}/versions/${version}`;
  const what = kind === "breed" ? `The breed ${name}` : `${name}, version ${version},`;
  const lines = [
    isServed
      ? `${what} is served by the next request${address === undefined ? "." : `: ${address}`}`
      : `${what} is there; ${goesOn(served)}: \`npm run model -- alias ${name} live=${version}\` changes that.`,
  ];
  if (kind === "model") {
    lines.push(
      ...inputs.map((each, index) => `  ${index === 0 ? "inputs " : "       "}  ${tensorText(each)}`),
    );
    lines.push(
      ...outputs.map((each, index) => `  ${index === 0 ? "outputs" : "       "}  ${tensorText(each)}`),
    );
  }
  if (address === undefined) return lines;
  // It signs where the stack asks for it.
  const [curl = "curl"] = examples?.[kind === "breed" ? "pricing" : "open-inference"]?.split(" -d ") ?? [];
  const line =
    kind === "breed"
      ? `${curl} -d '${JSON.stringify({ ...card.samples[0]?.request, breed: name })}' ${address}`
      : inferLine(curl, address, inputs);
  return [...lines, wrapCommand(line, { indent: "  ", width: 80 })];
}

function goesOn({ version, byAlias }: ServedVersion): string {
  return byAlias
    ? `the alias live goes on serving version ${version}`
    : `version ${version}, the highest, goes on being served`;
}

/** `X FP32 [-1,4]`; a model that declares no shape takes any. */
export function tensorText({ name, datatype, shape }: TensorSignature): string {
  return `${name} ${datatype} ${shape === undefined ? "of any shape" : `[${shape.join(",")}]`}`;
}

function inferLine(curl: string, address: string, inputs: ModelSignature["inputs"]): string {
  const tensors = inputs.map(({ name, datatype, shape = [1] }) => {
    const sizes = shape.map((size) => (size < 0 ? 1 : size));
    const data = Array(sizes.reduce((product, size) => product * size, 1)).fill(exampleOf(datatype));
    return { name, shape: sizes, datatype, data };
  });
  const isSmall = tensors.every(({ data }) => data.length <= MAX_ELEMENTS);
  return isSmall
    ? `${curl} -d '${JSON.stringify({ inputs: tensors })}' ${address}/infer`
    : `${curl} ${address}`;
}

function exampleOf(datatype: string): unknown {
  if (datatype === "BYTES") return "text";
  return datatype === "BOOL" ? false : 0;
}
