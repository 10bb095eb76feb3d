import { description, type InferOutput, object, pipe, string } from "valibot";
import { fileName } from "./fileName";

/** A scene, or a batch of scenes, that was uploaded before. */
export const input = object({
  bucket: pipe(string("must be a string"), description("The stack's upload bucket, as …/uploads names it")),
  file_name: fileName(),
});

export type Input = InferOutput<typeof input>;
