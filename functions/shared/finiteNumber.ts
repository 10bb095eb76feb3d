import { check, number, pipe } from "valibot";

/** A JSON number that stays finite as what most models take (`1e999` parses as infinity, 1e39 is it as float32). */
export function finiteNumber(datatype: "FP32" | "FP64" = "FP32") {
  const staysFinite = (value: number) => Number.isFinite(datatype === "FP32" ? Math.fround(value) : value);
  return pipe(number("must be a number"), check(staysFinite, "must be a finite number"));
}
