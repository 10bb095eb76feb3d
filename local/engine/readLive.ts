import type { Cloud } from "../cloud/cloud";
import { resourceTypeOf } from "../cloud/resourceTypes";
import { toWire } from "../program/wireValue";
import type { Properties } from "../resources/value";
import { type Deployment, declaredOf } from "./deployment";
import { outputsOnWire } from "./outputsOnWire";
import type { State } from "./previewUpdate";

/**
 * Reads a live resource, as it crosses the wire; `undefined` when it is gone.
 *
 * @param known  Its state in the engine; without outputs for an import.
 */
export async function readLive(
  deployment: Deployment,
  known: State,
  cloud: Cloud,
): Promise<State | undefined> {
  const { read } = resourceTypeOf(deployment.type, deployment.name);
  const found = read ? await read(declaredOf(deployment), cloud) : {};
  if (found === undefined) return undefined;
  const isKnown = Object.keys(known.outputs).length > 0;
  const inputs = isKnown ? known.inputs : (toWire(deployment.inputs) as Properties);
  const changed = toWire(found) as Properties;
  return {
    inputs: {
      ...inputs,
      ...Object.fromEntries(Object.entries(changed).filter(([name]) => name in inputs)),
    },
    outputs: { ...(isKnown ? known.outputs : outputsOnWire(deployment, inputs)), ...changed },
  };
}
