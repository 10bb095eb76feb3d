import net from "node:net";

/** Below those that systems give to outgoing connections, any of which may take a port that was free (Linux: 32768). */
const LAST_PORT = 32_767;

/** First of `count` ports in a row that nothing listens on: a base port for a local cloud. */
export async function freePorts(count = 40): Promise<number> {
  for (;;) {
    const base = 10_000 + Math.floor(Math.random() * (LAST_PORT - 10_000 - count));
    const free = await Promise.all(Array.from({ length: count }, (_, i) => isFree(base + i)));
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
