import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Has a server listen on a port that is free, and returns its address; closed after the suite. */
export async function listen(server: Server): Promise<string> {
  // By default Node.js closes what idles for 5 s, also where a client is about to send on it: its request would fail.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
