import type { BadRequest } from "../shared/errors";

/** Creates the error for a tensor that cannot be read. */
export type Reject = (what: string) => BadRequest;

/** onnxruntime-node passes strings to C, which would cut them at a zero byte without an error. */
export function checkString(text: string, reject: Reject): string {
  if (text.includes("\0")) throw reject("strings with a zero byte cannot be given to a model");
  if (/\p{Cs}/u.test(text)) throw reject("a string with half a surrogate pair has no UTF-8");
  return text;
}
