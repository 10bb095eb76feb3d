import type { BadRequest } from "../shared/errors";

/** Creates the error for a tensor that cannot be read. */
export type Refuse = (what: string) => BadRequest;

/** onnxruntime-node passes strings to C, which would cut them at a zero byte without an error. */
export function checkString(text: string, refuse: Refuse): string {
  if (text.includes("\0")) throw refuse("strings with a zero byte cannot be given to a model");
  if (/\p{Cs}/u.test(text)) throw refuse("a string with half a surrogate pair has no UTF-8");
  return text;
}
