import {
  description,
  type InferOutput,
  maxLength,
  number,
  object,
  pipe,
  regex,
  string,
  transform,
  union,
} from "valibot";
import { finiteNumber } from "../shared/finiteNumber";

const NUMERIC = /^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$/;

/** Characters; no measure of a flower needs more. */
const MAX_LENGTH = 100;

/** A length in centimetres; numeric strings are accepted. */
function centimetres(what: string) {
  return pipe(
    union(
      [number(), pipe(string(), maxLength(MAX_LENGTH), regex(NUMERIC), transform(Number))],
      "must be a number",
    ),
    // Before the check: a description of what a request has, not of what becomes of it.
    description(`${what} in cm`),
    finiteNumber(),
  );
}

/** Four measurements of a flower. */
export const input = object({
  sl: centimetres("Sepal length"),
  sw: centimetres("Sepal width"),
  pl: centimetres("Petal length"),
  pw: centimetres("Petal width"),
});

export type Input = InferOutput<typeof input>;
