import { UNKNOWN, type Unknown, type Value } from "../../resources/value";

/** A policy document as text, which is what AWS keeps; programs may give the object. Unknown where anything in it is. */
export function documentText(document: Value): string | Unknown {
  if (typeof document === "string" || document === UNKNOWN) return document;
  let isKnown = true;
  const text = JSON.stringify(document, (_, value: unknown) => {
    if (value === UNKNOWN) isKnown = false;
    return value;
  });
  return isKnown ? text : UNKNOWN;
}
