import { specialResourceSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { Declared } from "../resources/declared";
import type { Properties, Value } from "../resources/value";
import { UNKNOWN } from "../resources/value";

/** The AWS provider's addition while it plans: its own region, unless the resource says another. */
const PLANNED = ["region"];

/**
 * A resource as the engine's first preview shows it: what the program wrote, and unknown all that AWS adds. Unknown
 * values are the SDK's own texts for them, which can be sent to another process.
 */
export function asFirstPreview(declared: Declared): Declared {
  const inputs = spelled(declared.inputs) as Properties;
  const added = Object.entries(declared.outputs).map(([property, value]) => [
    property,
    PLANNED.includes(property) ? value : unknownValue,
  ]);
  return { ...declared, inputs, outputs: { ...Object.fromEntries(added), ...inputs } };
}

function spelled(value: Value): Value {
  if (value === UNKNOWN) return unknownValue;
  if (Array.isArray(value)) return value.map(spelled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, spelled(item)]));
}

/** Outputs of a component, on the wire, before its children exist: their number is known, and what they are not. */
export function unknownLeaves(value: Value): Value {
  if (Array.isArray(value)) return value.map(unknownLeaves);
  if (typeof value !== "object" || value === null) return unknownValue;
  const object = value as Record<string, Value>;
  if (object[specialSigKey] === specialResourceSig) return { ...object, id: "" };
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, unknownLeaves(item)]));
}
