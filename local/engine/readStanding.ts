import type { Cloud } from "../cloud/cloud";
import { resourceTypeOf } from "../cloud/resourceTypes";
import { toWire } from "../program/wireValue";
import type { Properties } from "../resources/value";
import { declaredOf } from "./declaredOf";
import type { Standing } from "./journal";
import { outputsOnWire } from "./outputsOnWire";
import type { State } from "./previewUpdate";

/**
 * What stands of a resource, as it crosses the wire; `undefined` when it is gone.
 *
 * @param known  What the engine knows of it; without outputs for an import.
 */
export async function readStanding(
  resource: Standing,
  known: State,
  cloud: Cloud,
): Promise<State | undefined> {
  const { read } = resourceTypeOf(resource.type, resource.name);
  const found = read ? await read(declaredOf(resource), cloud) : {};
  if (found === undefined) return undefined;
  const isKnown = Object.keys(known.outputs).length > 0;
  const inputs = isKnown ? known.inputs : (toWire(resource.inputs) as Properties);
  const changed = toWire(found) as Properties;
  return {
    inputs: {
      ...inputs,
      ...Object.fromEntries(Object.entries(changed).filter(([name]) => name in inputs)),
    },
    outputs: { ...(isKnown ? known.outputs : outputsOnWire(resource, inputs)), ...changed },
  };
}
