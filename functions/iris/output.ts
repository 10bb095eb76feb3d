import { array, number, object, picklist, record, string } from "valibot";
import { SPECIES } from "./predict";

/** The bodies of a 200, by content type: which one, the caller's `Accept` says. */
export const output = {
  "text/plain": picklist(SPECIES),
  "application/json": object({ species: picklist(SPECIES), probabilities: record(string(), number()) }),
};

/** The body of a 200 to several rows. */
export const rowsOutput = object({ predictions: array(output["application/json"]) });
