import {
  array,
  boolean,
  type InferOutput,
  integer,
  looseObject,
  minValue,
  number,
  optional,
  pipe,
  string,
  unknown,
} from "valibot";
import { BadRequest } from "../shared/errors";
import type { Request } from "../shared/events";
import { readJsonObject } from "../shared/readJsonObject";
import { validate } from "../shared/validate";
import { decodeBody } from "./decodeBody";

const size = () =>
  pipe(number("must be a number"), integer("must be a whole number"), minValue(0, "must not be negative"));

/** The JSON part of an inference request. */
export const inferRequest = looseObject({
  id: optional(string("must be a string")),
  parameters: optional(looseObject({ binary_data_output: optional(boolean("must be true or false")) })),
  inputs: array(
    looseObject({
      name: string("must be a string"),
      shape: array(size(), "must be a list of sizes"),
      datatype: string("must be a string"),
      parameters: optional(looseObject({ binary_data_size: optional(size()) })),
      data: optional(unknown()),
    }),
    "must be a list of tensors",
  ),
  outputs: optional(
    array(
      looseObject({
        name: string("must be a string"),
        parameters: optional(
          looseObject({
            binary_data: optional(boolean("must be true or false")),
            classification: optional(unknown()),
          }),
        ),
      }),
      "must be a list of outputs",
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
 * @throws BadRequest  No JSON, wrong fields, lengths that do not add up.
 */
export function readInferRequest(message: Request): {
  request: InferRequest;
  binary: ReadonlyMap<string, Buffer>;
} {
  const body = decodeBody(message) ?? Buffer.alloc(0);
  const declared = message.headers[HEADER];
  const length = declared === undefined ? body.length : Number(declared);
  if (!Number.isInteger(length) || length < 0 || length > body.length) {
    throw new BadRequest(
      `Inference-Header-Content-Length is "${declared}", the body has ${body.length} bytes`,
    );
  }
  const request = validate(inferRequest, readJsonObject(body.subarray(0, length)));

  const binary = new Map<string, Buffer>();
  let offset = length;
  for (const { name, parameters } of request.inputs) {
    const bytes = parameters?.binary_data_size;
    if (bytes === undefined) continue;
    if (offset + bytes > body.length) {
      throw new BadRequest(
        `Input "${name}": binary_data_size is ${bytes}, and ${body.length - offset} bytes are left`,
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
