import * as v from "valibot";
import type { Card } from "../functions/shared/card";

const text = v.pipe(v.string("must be text"), v.trim(), v.nonEmpty("must not be empty"));
const wholeNumber = v.pipe(v.number("must be a number"), v.integer("must be a whole number"));
const sizes = v.array(wholeNumber, "must be a list of sizes, -1 where the caller chooses");

const tensor = v.object({
  name: text,
  dtype: v.picklist(
    ["FP16", "FP32", "FP64", "INT32", "INT64", "UINT8", "BOOL", "BYTES"],
    "must be one of FP16, FP32, FP64, INT32, INT64, UINT8, BOOL, BYTES",
  ),
  shape: sizes,
  labels: v.optional(v.array(text, "must be a list of names")),
  ranges: v.optional(
    v.array(
      v.pipe(v.array(v.number("must be a number")), v.length(2, "must be a smallest and a greatest value")),
      "must be a list of pairs",
    ),
  ),
});

const sample = v.object({
  title: v.optional(text),
  path: v.optional(v.pipe(v.string("must be text"), v.startsWith("/", "must begin with /"))),
  request: v.record(v.string(), v.unknown(), "must be an object: the JSON body of a request"),
  file: v.optional(v.pipe(text, v.regex(/^[\w-][\w./-]*$/, "must be a path below the endpoint's folder"))),
  answer: v.object(
    { status: wholeNumber, body: v.optional(v.string("must be text, as on the wire")) },
    "must be an object with `status`",
  ),
});

const file = v.object(
  {
    path: text,
    bytes: wholeNumber,
    sha256: v.pipe(
      v.string("must be text"),
      v.regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in 64 hexadecimal digits"),
    ),
  },
  "must be an object with `path`, `bytes` and `sha256`",
);

/** The schema of a card; further members are the author's own. */
export const cardSchema = v.object(
  {
    name: text,
    title: text,
    description: text,
    origin: text,
    license: v.object({ model: text, data: text }, "must be an object with `model` and `data`"),
    files: v.pipe(v.array(file, "must be a list"), v.minLength(1, "must list the model's files")),
    evaluator: v.optional(v.object({ mark: text, files: v.array(text) })),
    opset: v.record(v.string(), wholeNumber, "must be an object: versions of operator sets by domain"),
    inputs: v.array(tensor, "must be a list of tensors"),
    outputs: v.array(tensor, "must be a list of tensors"),
    metrics: v.record(v.string(), v.number("must be a number"), "must be an object with numbers"),
    samples: v.tupleWithRest([sample], sample, "must be a list with at least one request and its answer"),
    notes: v.array(text, "must be a list of sentences"),
  },
  "must be an object",
) satisfies v.GenericSchema<unknown, Card>;
