import {
  boolean,
  type InferOutput,
  integer,
  looseObject,
  maxValue,
  minValue,
  nullish,
  number,
  type ObjectEntries,
  pipe,
  string,
  unknown,
} from "valibot";
import { boundedList } from "../shared/boundedList";
import { BadRequest } from "../shared/errors";
import type { Request } from "../shared/events";
import { parseJsonObject } from "../shared/readJsonObject";
import { shown } from "../shared/shown";
import { validate } from "../shared/validate";
import { decodeBody } from "./decodeBody";
import { parseNumbers } from "./parseNumbers";

/** Tensors in one request; models have a few, rarely hundreds. */
const MAX_TENSORS = 1_000;

/** Axes of a tensor: NumPy's limit. */
const MAX_AXES = 64;

/** Length of an axis, or of a tensor in bytes; ONNX Runtime's own arithmetic would overflow beyond it. */
const MAX_SIZE = 2 ** 31 - 1;

const size = () =>
  pipe(
    number("must be a number"),
    integer("must be a whole number"),
    minValue(0, "must not be negative"),
    maxValue(MAX_SIZE, `must be at most ${MAX_SIZE}`),
  );
const text = () => string("must be a string");
const flag = () => nullish(boolean("must be true or false"));
const parameters = <T extends ObjectEntries>(entries: T) =>
  nullish(looseObject(entries, "must be an object"));

/** The JSON part of an inference request. `null` for an optional member means that it is absent. */
export const inferRequest = looseObject({
  id: nullish(text()),
  parameters: parameters({ binary_data_output: flag() }),
  inputs: boundedList(
    looseObject(
      {
        name: text(),
        shape: boundedList(size(), MAX_AXES, "sizes"),
        datatype: text(),
        parameters: parameters({ binary_data_size: nullish(size()) }),
        data: nullish(unknown()),
      },
      "must be an object",
    ),
    MAX_TENSORS,
    "tensors",
  ),
  outputs: nullish(
    boundedList(
      looseObject(
        {
          name: text(),
          parameters: parameters({ binary_data: flag(), classification: nullish(unknown()) }),
        },
        "must be an object",
      ),
      MAX_TENSORS,
      "outputs",
    ),
  ),
});

export type InferRequest = InferOutput<typeof inferRequest>;
export type InferInput = InferRequest["inputs"][number];

/** Byte length of the JSON part where binary tensors follow it. */
const HEADER = "inference-header-content-length";

/**
 * Splits a request into its JSON part and, for each input by name, the bytes that follow it: the protocol's binary
 * tensor data extension.
 *
 * @throws BadRequest No JSON, wrong fields, or lengths that do not add up.
 */
export function readInferRequest(message: Pick<Request, "body" | "headers" | "isText" | "charset">): {
  request: InferRequest;
  binary: ReadonlyMap<string, Buffer>;
} {
  const body = decodeBody(message) ?? Buffer.alloc(0);
  const declared = message.headers[HEADER];
  const length = declared === undefined ? body.length : wholeNumber(declared);
  if (length === undefined || length > body.length) {
    throw new BadRequest(
      `Inference-Header-Content-Length is ${shown(declared)}, the body has ${body.length} bytes`,
    );
  }
  const request = validate(inferRequest, parseJsonObject(body.subarray(0, length), message, parseNumbers));

  const binary = new Map<string, Buffer>();
  let offset = length;
  for (const { name, parameters } of request.inputs) {
    const bytes = parameters?.binary_data_size;
    if (bytes === undefined || bytes === null) continue;
    if (offset + bytes > body.length) {
      throw new BadRequest(
        `Input ${shown(name)}: binary_data_size is ${bytes}, and ${body.length - offset} bytes are left`,
      );
    }
    binary.set(name, body.subarray(offset, offset + bytes));
    offset += bytes;
  }
  if (offset !== body.length) {
    throw new BadRequest(`${body.length - offset} bytes follow the tensors that the request describes`);
  }
  return { request, binary };
}

/** Digits only, as HTTP's own lengths: `0x10` and an empty value are no lengths. */
function wholeNumber(text: string): number | undefined {
  return /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}
