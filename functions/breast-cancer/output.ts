import { literal, object, picklist, string } from "valibot";

/** The body of a 200. */
export const output = {
  "application/json": object({ reason: literal("OK"), prediction: picklist([0, 1]), status: literal("200") }),
};

/** The body of every error. */
export const failure = object({ reason: string(), prediction: literal(""), status: string() });
