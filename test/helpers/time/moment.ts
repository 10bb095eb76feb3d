import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits a moment, in which what must not happen would. What has to happen may take longer on a busy machine: that is
 * for `eventually`.
 */
export async function moment(): Promise<void> {
  await sleep(200);
}
