import { check, number, pipe } from "valibot";

/** A JSON number that stays finite as float32, which is what models take (`1e999` parses as infinity). */
export function finiteNumber() {
  return pipe(
    number("must be a number"),
    check((value) => Number.isFinite(Math.fround(value)), "must be a finite number"),
  );
}
