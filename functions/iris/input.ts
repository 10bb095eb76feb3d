import {
  description,
  type InferOutput,
  number,
  object,
  pipe,
  regex,
  string,
  transform,
  union,
} from "valibot";
import { finiteNumber } from "../shared/finiteNumber";

const NUMERIC = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;

/** A length in centimetres; numeric strings are taken too. */
function centimetres(what: string) {
  return pipe(
    union([number(), pipe(string(), regex(NUMERIC), transform(Number))], "must be a number"),
    finiteNumber(),
    description(`${what} in cm`),
  );
}

/** Four measures of a flower. */
export const input = object({
  sl: centimetres("Sepal length"),
  sw: centimetres("Sepal width"),
  pl: centimetres("Petal length"),
  pw: centimetres("Petal width"),
});

export type Input = InferOutput<typeof input>;
