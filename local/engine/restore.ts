import type { Cloud } from "../cloud/cloud";
import { resourceTypeOf } from "../cloud/resourceTypes";
import { declaredOf } from "./declaredOf";
import type { Journal, Standing } from "./journal";

/** What could not be made to stand again after a restart. */
export interface RestoreFailure {
  readonly resource: Standing;
  readonly error: Error;
}

/**
 * Makes what stood before a restart stand again, and takes away what was being made. The journal does not know who
 * refers to whom: what fails is tried again after the others.
 */
export async function restore(journal: Journal, cloud: Cloud): Promise<readonly RestoreFailure[]> {
  let left = journal.all;
  for (;;) {
    const failed: RestoreFailure[] = [];
    for (const resource of left) {
      try {
        const { create, durable } = resourceTypeOf(resource.type, resource.name);
        if (!durable) await create?.(declaredOf(resource), cloud);
      } catch (error) {
        failed.push({ resource, error: error as Error });
      }
    }
    if (failed.length === 0 || failed.length === left.length) {
      await takeAwayHalf(journal, cloud);
      return failed;
    }
    left = failed.map(({ resource }) => resource);
  }
}

async function takeAwayHalf(journal: Journal, cloud: Cloud): Promise<void> {
  for (const half of [...journal.half].reverse()) {
    const { delete: remove, durable } = resourceTypeOf(half.type, half.name);
    // Perhaps there is nothing of it. What lies in something else is made again over it, or goes with that.
    if (!durable) await remove?.(declaredOf(half), cloud).catch(() => undefined);
    journal.drop(half);
  }
}
