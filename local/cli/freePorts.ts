import { createServer } from "node:net";
import { arePortsReachable, PORTS_OF_A_STACK } from "./port";

/** The next block; `npm run local` has 4200 by default. */
const STEP = 200;
const TRIES = 20;

/**
 * Finds ports for a local cloud.
 *
 * @param preferred  First of the ports, if they are free.
 * @returns          First port of a block in which every port is free.
 * @throws Error     No block is free.
 */
export async function freePorts(preferred: number): Promise<number> {
  for (let base = preferred; base < preferred + TRIES * STEP; base += STEP) {
    if (arePortsReachable(base) && (await isFree(base))) return base;
  }
  throw new Error(`The ports from ${preferred} on are in use: choose others with --port.`);
}

async function isFree(base: number): Promise<boolean> {
  for (let port = base; port < base + PORTS_OF_A_STACK; port++) {
    const server = createServer();
    const listens = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!listens) return false;
    await new Promise((resolve) => server.close(resolve));
  }
  return true;
}
