import { setTimeout as sleep } from "node:timers/promises";

/** ms after which an assertion that still fails is a failed test. */
const PATIENCE_MS = 15_000;
const PAUSE_MS = 20;

/**
 * Repeats an assertion on what the page shows until it holds, and returns what it returns. A page draws some time after
 * an action, and a value that is read once may be the one from before; `test/page/reads.grit` finds such reads.
 */
export async function eventually<T>(assertion: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
    }
    await sleep(PAUSE_MS);
  }
}
