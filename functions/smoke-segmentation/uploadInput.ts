import { check, description, number, object, optional, pipe } from "valibot";
import { BATCHES, RESULTS } from "../shared/uploadFolders";
import { fileName } from "./fileName";

/** A file to be uploaded. */
export const uploadInput = object({
  file_name: pipe(
    fileName(),
    check((name) => !name.startsWith(RESULTS), `must not begin with ${RESULTS}, where results are kept`),
    // Who may upload a scene may not ask every endpoint for a million rows.
    check(
      (name) => !name.startsWith(BATCHES),
      `must not begin with ${BATCHES}, where files of rows are answered`,
    ),
  ),
  size: optional(
    pipe(
      number("must be a number"),
      check((size) => Number.isSafeInteger(size) && size > 0, "must be a whole number of bytes, 1 at least"),
      description(
        "Length of the file in bytes; given, it is signed, and a file of another length is rejected",
      ),
    ),
  ),
});
