import { spawn } from "node:child_process";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** The minimum that processes requests by Lambda's Runtime API on plain Node.js. */
const RUNTIME = `
  const http = require("node:http");
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const direct = (event) => (process.env.HANDLER ? JSON.parse(event.body) : event);
  const { handler } = process.env.HANDLER
    ? require(process.env.HANDLER)
    : { handler: async () => ({ statusCode: 200, body: "{}" }) };
  const call = (method, path, body) => new Promise((resolve, reject) => {
    const request = http.request(process.env.API + path, { agent, method }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => { text += chunk; }).on("end", () => resolve(text));
    });
    request.on("error", reject).end(body);
  });
  (async () => {
    for (;;) {
      const event = await call("GET", "/next");
      await call("POST", "/response", JSON.stringify(await handler(direct(JSON.parse(event)), { awsRequestId: "bench", getRemainingTimeInMillis: () => 3000 })));
    }
  })().catch(() => process.exit());
`;

export interface BareLoopOptions {
  /** Absolute path of a module with `handler`, which is invoked with the request's body. @default an empty handler */
  readonly handler?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Node.js's own. */
  readonly flags?: readonly string[];
}

/**
 * A server that passes each request to another process and responds with its result: the hops of a function URL, and
 * nothing else. One request at a time.
 *
 * @returns  Its address, the process that answers, and what ends both.
 */
export async function bareLoop({
  handler = "",
  environment,
  flags = [],
}: BareLoopOptions = {}): Promise<{ address: string; pid: number; close(): void }> {
  let next: http.ServerResponse | undefined;
  let event: string | undefined;
  let asked: http.ServerResponse | undefined;
  const deliver = () => {
    if (next === undefined || event === undefined) return;
    next.end(event);
    next = event = undefined;
  };
  const server = http.createServer(async (request, response) => {
    if (request.url === "/next") {
      next = response;
    } else if (request.url === "/response") {
      const { statusCode, body } = JSON.parse(await text(request));
      response.end();
      asked?.writeHead(statusCode, { "content-length": Buffer.byteLength(body) }).end(body);
    } else {
      event = JSON.stringify({ headers: request.headers, body: await text(request) });
      asked = response;
    }
    deliver();
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const runtime = spawn(process.execPath, [...flags, "-e", RUNTIME], {
    env: { API: address, HANDLER: handler, ...environment },
    stdio: "ignore",
  });
  const close = () => {
    runtime.kill();
    server.close();
    server.closeAllConnections();
  };
  return { address, pid: runtime.pid ?? 0, close };
}
