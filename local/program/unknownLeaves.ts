import { specialResourceSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { Value } from "../resources/value";

/** Outputs of a component, on the wire, before its children exist: their number is known, and what they are not. */
export function unknownLeaves(value: Value): Value {
  if (Array.isArray(value)) return value.map(unknownLeaves);
  if (typeof value !== "object" || value === null) return unknownValue;
  const object = value as Record<string, Value>;
  if (object[specialSigKey] === specialResourceSig) return { ...object, id: "" };
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, unknownLeaves(item)]));
}
