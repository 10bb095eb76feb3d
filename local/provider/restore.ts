import type { Cloud } from "../cloud";
import type { Declared } from "../resourceType";
import { resourceTypeOf } from "../resourceTypes";
import type { Standing } from "./journal";

/** What could not be made to stand again after a restart. */
export interface RestoreFailure {
  readonly resource: Standing;
  readonly error: Error;
}

/**
 * Makes what stood before a restart stand again. The journal does not know who refers to whom: what fails is tried
 * again after the others.
 */
export async function restore(
  resources: readonly Declared[],
  cloud: Cloud,
): Promise<readonly RestoreFailure[]> {
  let left = resources;
  for (;;) {
    const failed: (RestoreFailure & { readonly resource: Declared })[] = [];
    for (const resource of left) {
      try {
        const { create, durable } = resourceTypeOf(resource.type, resource.name);
        if (!durable) await create?.(resource, cloud);
      } catch (error) {
        failed.push({ resource, error: error as Error });
      }
    }
    if (failed.length === 0 || failed.length === left.length) return failed;
    left = failed.map(({ resource }) => resource);
  }
}
