import { description, object, optional, pipe, string } from "valibot";
import { finiteNumber } from "../shared/finiteNumber";
import { fileName } from "./fileName";

/** A scene, or a batch of scenes, that was uploaded before. */
export const input = object({
  bucket: pipe(string("must be a string"), description("The stack's upload bucket, as …/uploads names it")),
  file_name: fileName(),
  nodata: optional(
    pipe(
      finiteNumber(),
      description("Value of pixels without data: their probability is null, in files NaN"),
    ),
  ),
});
