import type { InferenceSession, Tensor } from "onnxruntime-node";
import { BadRequest } from "../shared/errors";
import type { OnnxFacts } from "../shared/onnx/onnxFacts";
import { runInputs } from "../shared/runInputs";
import { shown } from "../shared/shown";
import type { InferRequest } from "./inferRequest";
import { type ModelSignature, modelSignature, shapeOf, type TensorSignature } from "./modelSignature";
import { readTensor } from "./readTensor";

/**
 * Runs a model on a request's tensors.
 *
 * @returns The outputs that the request names, or all of them, by name.
 * @throws BadRequest  Names, data types or shapes differ from the model's; the message says what the model expects.
 */
export async function infer(
  session: InferenceSession,
  facts: OnnxFacts,
  request: InferRequest,
  binary: ReadonlyMap<string, Buffer>,
): Promise<(readonly [name: string, tensor: Tensor])[]> {
  const signature = modelSignature(session, facts);
  const feeds = readFeeds(signature, request, binary);
  const names = outputNames(signature, request);
  const results = await runInputs(session, feeds, names);
  return names.map((name) => [name, results[name] as Tensor]);
}

function readFeeds({ inputs }: ModelSignature, request: InferRequest, binary: ReadonlyMap<string, Buffer>) {
  // Names come from the model and the caller: without a prototype none of them has another meaning.
  const feeds: Record<string, Tensor> = Object.create(null);
  for (const input of request.inputs) {
    const expected = inputs.find(({ name }) => name === input.name);
    if (expected === undefined)
      throw new BadRequest(`There is no input ${shown(input.name)}; ${expects(inputs)}`);
    if (feeds[input.name] !== undefined) throw new BadRequest(`Input ${shown(input.name)} is given twice`);
    feeds[input.name] = readTensor(input, expected, binary.get(input.name));
  }
  const missing = inputs.filter(({ name }) => feeds[name] === undefined);
  if (missing.length > 0) {
    const names = missing.map(({ name }) => shown(name)).join(", ");
    const are = missing.length === 1 ? `Input ${names} is` : `Inputs ${names} are`;
    throw new BadRequest(`${are} missing; ${expects(inputs)}`);
  }
  return feeds;
}

function outputNames({ outputs }: ModelSignature, request: InferRequest): string[] {
  const known = outputs.map(({ name }) => name);
  const asked = request.outputs ?? [];
  if (asked.length === 0) return known;
  for (const { name, parameters } of asked) {
    if (!known.includes(name))
      throw new BadRequest(`There is no output ${shown(name)}; the model gives ${known.join(", ")}`);
    if ((parameters?.classification ?? undefined) !== undefined) {
      throw new BadRequest(`Output ${shown(name)}: the classification extension is not offered`);
    }
  }
  return [...new Set(asked.map(({ name }) => name))];
}

function expects(inputs: readonly TensorSignature[]): string {
  return `the model expects ${inputs.map((input) => `${shown(input.name)} ${input.datatype} ${shapeOf(input)}`).join(", ")}`;
}
