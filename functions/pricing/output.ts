import { description, maxValue, minValue, number, pipe } from "valibot";

/** The body of a 200. */
export const output = {
  "application/json": pipe(
    number(),
    minValue(0),
    maxValue(1),
    description("How surely the ride takes more magic points than usual, rounded to two decimals"),
  ),
};
