import { spawn } from "node:child_process";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Server } from "./serverProcess";

/** The minimum that processes requests by Lambda's Runtime API on plain Node.js. */
const RUNTIME = `
  const http = require("node:http");
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const handler = async () => ({ statusCode: 200, body: "{}" });
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
      await call("POST", "/response", JSON.stringify(await handler(JSON.parse(event))));
    }
  })().catch(() => process.exit());
`;

interface Waiting {
  readonly event: string;
  readonly response: http.ServerResponse;
}

/**
 * Starts a server that passes each request to another process, one at a time, and responds with its result: the hops of a
 * function URL, and nothing else.
 */
export async function serve(): Promise<Server> {
  let next: http.ServerResponse | undefined;
  let asked: http.ServerResponse | undefined;
  const waiting: Waiting[] = [];
  const deliver = () => {
    if (next === undefined) return;
    const first = waiting.shift();
    if (first === undefined) return;
    asked = first.response;
    next.end(first.event);
    next = undefined;
  };
  const server = http.createServer(async (request, response) => {
    if (request.url === "/next") {
      next = response;
    } else if (request.url === "/response") {
      const { statusCode, body } = JSON.parse(await text(request));
      response.end();
      asked?.writeHead(statusCode, { "content-length": Buffer.byteLength(body) }).end(body);
    } else {
      waiting.push({
        event: JSON.stringify({ headers: request.headers, body: await text(request) }),
        response,
      });
    }
    deliver();
  });
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const runtime = spawn(process.execPath, ["-e", RUNTIME], { env: { API: address }, stdio: "ignore" });
  return {
    address,
    close() {
      runtime.kill();
      server.close();
      server.closeAllConnections();
    },
  };
}
