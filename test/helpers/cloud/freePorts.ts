import net from "node:net";
import { arePortsReachable, PORTS_OF_A_STACK } from "@paddock/local/port";

const FIRST_PORT = 10_000;
/** Below those that systems give to outgoing connections, any of which may take a port that was free (Linux: 32768). */
const BLOCKS = Math.floor((32_767 - FIRST_PORT) / PORTS_OF_A_STACK);
/** Mocha's parallel workers, which number themselves, draw from blocks of their own. */
const WORKERS = 16;
const BLOCKS_OF_A_WORKER = Math.floor(BLOCKS / WORKERS);

/** The next of this worker's blocks. Each has its turn: one that was given to a cloud that starts still looks free. */
let next = Math.floor(Math.random() * BLOCKS_OF_A_WORKER);

/** Finds a block of ports that nothing listens on, and returns the first: a base port for a local cloud. */
export async function freePorts(): Promise<number> {
  const worker = Number(process.env.MOCHA_WORKER_ID ?? 0) % WORKERS;
  for (;;) {
    const block = (next++ % BLOCKS_OF_A_WORKER) * WORKERS + worker;
    const base = FIRST_PORT + block * PORTS_OF_A_STACK;
    if (!arePortsReachable(base)) continue;
    const free = await Promise.all(Array.from({ length: PORTS_OF_A_STACK }, (_, i) => isFree(base + i)));
    if (free.every(Boolean)) return base;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
