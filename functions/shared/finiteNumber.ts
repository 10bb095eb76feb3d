import { finite, number, pipe } from "valibot";

/** A JSON number that is neither NaN nor infinite (`1e999` parses as infinity). */
export function finiteNumber() {
  return pipe(number("must be a number"), finite("must be a finite number"));
}
