import { setTimeout as sleep } from "node:timers/promises";

/** ms after which an assertion that still fails is a failed test: what takes a second alone takes many on a busy machine. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 20;

/** Repeats an assertion until it holds, and returns what it returns: what another process or the page does takes time. */
export async function eventually<T>(assertion: () => T | Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() >= deadline) throw error;
    }
    await sleep(PAUSE_MS);
  }
}
