import type { Cloud } from "../cloud/cloud";
import { resourceTypeOf } from "../cloud/resourceTypes";
import { type Deployment, declaredOf } from "./deployment";
import type { DeploymentStore } from "./deploymentStore";

/** A resource that was live before a restart and could not be made again. */
export interface RestoreFailure {
  readonly resource: Deployment;
  readonly error: Error;
}

/**
 * Makes what was live before a restart again, and removes what was pending. The store does not know who refers to whom:
 * what fails is tried again after the others.
 */
export async function restore(store: DeploymentStore, cloud: Cloud): Promise<readonly RestoreFailure[]> {
  let left = store.live;
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
      await removePending(store, cloud);
      return failed;
    }
    left = failed.map(({ resource }) => resource);
  }
}

async function removePending(store: DeploymentStore, cloud: Cloud): Promise<void> {
  for (const pending of [...store.pending].reverse()) {
    const { delete: remove, durable } = resourceTypeOf(pending.type, pending.name);
    // Perhaps there is nothing of it. What lies in something else is made again over it, or goes with that.
    if (!durable) await remove?.(declaredOf(pending), cloud).catch(() => undefined);
    store.drop(pending);
  }
}
