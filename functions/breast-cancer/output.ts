import { array, literal, object, pipe, string, title, union } from "valibot";

/** The body of a 200. */
export const output = {
  "application/json": object({
    reason: literal("OK"),
    prediction: union([pipe(literal(0), title("benign")), pipe(literal(1), title("malignant"))]),
    status: literal("200"),
  }),
};

/** The body of every error. */
export const failure = object({ reason: string(), prediction: literal(""), status: string() });

/** The body of a 200 to several rows. */
export const rowsOutput = object({
  reason: literal("OK"),
  predictions: array(output["application/json"].entries.prediction),
  status: literal("200"),
});
