import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Answers a request; `expectsContinue` where the client waits for `100 Continue` before it sends the body. */
export type RequestHandler = (
  message: IncomingMessage,
  response: ServerResponse,
  expectsContinue: boolean,
) => Promise<void>;

/** Something that listens on 127.0.0.1. */
export interface Server {
  /** `http://127.0.0.1:port` */
  readonly endpoint: string;
  /** Cuts all connections, and waits for the handlers that are under way. */
  close(): Promise<void>;
}

/** Listens for HTTP; port 0 takes any that is free. @throws Error where the port is taken */
export async function serve(port: number, handler: RequestHandler): Promise<Server> {
  const underWay = new Set<Promise<void>>();
  const handle = (expectsContinue: boolean) => (message: IncomingMessage, response: ServerResponse) => {
    const handled = handler(message, response, expectsContinue).finally(() => underWay.delete(handled));
    underWay.add(handled);
  };
  // An upload may take as long as it likes; what idles is closed.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 });
  server.on("request", handle(false)).on("checkContinue", handle(true));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.all(underWay);
    },
  };
}
