import { isDeepStrictEqual } from "node:util";
import type { Declared } from "../resources/declared";
import type { Properties } from "../resources/value";
import type { Cloud } from "./cloud";
import { resourceTypeOf } from "./resourceTypes";
import { validateAgainst } from "./validateAgainst";

/** The live resources of the local cloud, by URN: filled and emptied by {@link reconcile}. */
export type LiveResources = Map<string, Declared>;

/** Names of resources, by what happened to them. */
export interface Changes {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly deleted: readonly string[];
}

/**
 * Makes the local cloud what is declared: creates, updates in place or replaces as AWS would, deletes what is no longer
 * declared. What AWS would reject in view of the whole changes nothing; what fails later leaves the live resources as
 * they are, and the next call goes on from there.
 *
 * @param declared  In an order in which each resource comes after all it refers to.
 * @param onResource  Gets the name of each resource before it is created or changed.
 * @throws Error    What the resource's type rejects, with the resource's name in front.
 */
export async function reconcile(
  declared: readonly Declared[],
  live: LiveResources,
  cloud: Cloud,
  onResource: (name: string) => void = () => {},
): Promise<Changes> {
  const changes = { created: [] as string[], updated: [] as string[], deleted: [] as string[] };
  const resources = declared.filter(({ custom }) => custom);
  const siblings = {
    of: (type: string) => resources.filter((other) => other.type === type),
    complete: true,
  };
  for (const resource of resources) await named(resource, async () => validateAgainst(resource, siblings));
  for (const resource of resources) {
    const old = live.get(resource.urn);
    if (old !== undefined && isDeepStrictEqual(old.inputs, resource.inputs)) continue;
    onResource(resource.name);
    await named(resource, async () => {
      if (old === undefined) {
        live.set(resource.urn, await create(resource, cloud));
        changes.created.push(resource.name);
      } else if (needsReplacement(resource, old)) {
        await remove(old, live, cloud);
        live.set(resource.urn, await create(resource, cloud));
        changes.updated.push(resource.name);
      } else {
        live.set(resource.urn, await update(resource, old, cloud));
        changes.updated.push(resource.name);
      }
    });
  }
  const urns = new Set(declared.map(({ urn }) => urn));
  for (const old of [...live.values()].reverse()) {
    if (urns.has(old.urn)) continue;
    await named(old, () => remove(old, live, cloud));
    changes.deleted.push(old.name);
  }
  return changes;
}

/** Whether AWS would make the resource anew. */
function needsReplacement(resource: Declared, old: Declared): boolean {
  return resourceTypeOf(resource.type, resource.name).replaceOn.some(
    (property) => !isDeepStrictEqual(old.inputs[property], resource.inputs[property]),
  );
}

async function create(resource: Declared, cloud: Cloud): Promise<Declared> {
  const { create } = resourceTypeOf(resource.type, resource.name);
  return withOutputs(resource, await create?.(resource, cloud));
}

async function update(resource: Declared, old: Declared, cloud: Cloud): Promise<Declared> {
  const { create, update } = resourceTypeOf(resource.type, resource.name);
  return withOutputs(resource, update ? await update(resource, old, cloud) : await create?.(resource, cloud));
}

async function remove(resource: Declared, live: LiveResources, cloud: Cloud): Promise<void> {
  await resourceTypeOf(resource.type, resource.name).delete?.(resource, cloud);
  live.delete(resource.urn);
}

function withOutputs(resource: Declared, outputs: Properties | undefined): Declared {
  return { ...resource, outputs: { ...resource.outputs, ...outputs } };
}

async function named(resource: Declared, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (cause) {
    throw new Error(`${resource.type} "${resource.name}": ${(cause as Error).message}`, { cause });
  }
}
