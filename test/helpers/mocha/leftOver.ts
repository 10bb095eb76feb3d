import { setTimeout as sleep } from "node:timers/promises";

/** Handles that keep a process alive until they are closed. */
const HELD = { TCPServerWrap: "a server", ProcessWrap: "a process" };
const GRACE_MS = 20_000;

function leftOver(): string[] {
  const active = process.getActiveResourcesInfo();
  return Object.entries(HELD).flatMap(([resource, name]) => (active.includes(resource) ? [name] : []));
}

/** Fails a file whose tests are over and left a server or a process running: mocha's `exit` would hide it. */
export const mochaHooks = {
  afterAll(): void {
    // Behind the hooks that tests add while they run.
    after("everything that was started is stopped", async () => {
      const deadline = Date.now() + GRACE_MS;
      while (leftOver().length > 0 && Date.now() < deadline) await sleep(20);
      if (leftOver().length > 0) throw new Error(`The tests leave ${leftOver().join(" and ")} running.`);
    });
  },
};
