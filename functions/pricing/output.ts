import { array, description, maxValue, minValue, number, pipe } from "valibot";

/** The body of a 200. */
export const output = {
  "application/json": pipe(
    number(),
    minValue(0),
    maxValue(1),
    description("How surely the ride takes more magic points than usual, rounded to two decimals"),
  ),
};

/** The body of a 200 to several rows. */
export const rowsOutput = array(output["application/json"]);
