import { type Cloud, resourceTypeOf } from "@paddock/local/cloud";
import type { Declared, Properties } from "@paddock/local/program";

type Operation = (resource: Declared, cloud: Cloud) => Promise<Properties | undefined>;

/** Runs something, and something else in the middle of it: when a resource of a type is first made or deleted. */
export async function duringOperation<T>(
  type: string,
  operation: "create" | "delete",
  act: () => Promise<void>,
  run: () => Promise<T>,
): Promise<T> {
  const resourceType = resourceTypeOf(type, "any") as Record<typeof operation, Operation | undefined>;
  const original = resourceType[operation];
  let acted: Promise<void> | undefined;
  resourceType[operation] = async (resource, cloud) => {
    acted ??= act();
    await acted;
    return original?.(resource, cloud);
  };
  try {
    return await run();
  } finally {
    resourceType[operation] = original;
  }
}
