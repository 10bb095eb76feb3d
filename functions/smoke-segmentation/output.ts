import {
  array,
  description,
  literal,
  metadata,
  number,
  object,
  optional,
  pipe,
  string,
  unknown,
} from "valibot";

/** The body of a 200: the probabilities, or where they are. */
export const output = {
  "application/json": object({
    predictions: optional(
      pipe(
        array(array(unknown())),
        description(
          "Probability of smoke of every pixel: (H, W), or (N, H, W) for a batch; null without data",
        ),
      ),
    ),
    output: optional(
      pipe(
        object({ bucket: string(), file_name: string() }),
        description("The object that has the probabilities, where they would pass 5 MB"),
      ),
    ),
  }),
};

/** The body of a 200 of `/uploads`. */
export const uploadOutput = {
  "application/json": object({
    url: pipe(string(), description("Takes one PUT of the file"), metadata({ format: "uri" })),
    method: literal("PUT"),
    bucket: string(),
    file_name: string(),
    expires_in: pipe(number(), description("Seconds")),
  }),
};
