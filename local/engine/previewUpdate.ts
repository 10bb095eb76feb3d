import { isDeepStrictEqual } from "node:util";
import type { ResourceType } from "../resources/resourceType";
import type { Properties } from "../resources/value";
import { UNKNOWN } from "../resources/value";
import { diffProperties } from "./diffProperties";

/** Properties of a resource, plain. */
export interface State {
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/**
 * Predicts a resource after an update: AWS's additions stay known as long as nothing changes that they are made of, so
 * that a preview shows which other resources change with it, and no more.
 *
 * @param outputsOf  The type's `outputs`, in its place.
 */
export function previewUpdate(
  { assigned = [] }: ResourceType,
  outputsOf: (inputs: Properties) => Properties,
  old: State,
  inputs: Properties,
): Properties {
  const known = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, holdsUnknown(value) ? old.inputs[name] : value]),
  );
  // Tags are no part of what AWS counts versions by.
  const isAnew = diffProperties(old.inputs, inputs).some(({ path }) => !path.startsWith("tags"));
  return Object.fromEntries(
    Object.entries(outputsOf(known)).map(([name, value]) => {
      if (name in inputs) return [name, inputs[name]];
      if (assigned.includes(name)) return [name, isAnew ? UNKNOWN : old.outputs[name]];
      return [name, isDeepStrictEqual(value, old.outputs[name]) ? value : UNKNOWN];
    }),
  );
}

function holdsUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsUnknown);
}
