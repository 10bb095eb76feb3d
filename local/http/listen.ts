import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { HttpAnswer, HttpHeader, HttpRequest } from "./httpMessage";
import { messageHeaders } from "./messageHeaders";

/** A server that listens until it is closed. */
export interface Listening {
  /** `http://127.0.0.1:port`, the port that was given out where 0 was asked for. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves `http://127.0.0.1:port`. Each request is read whole first; a body over `maxBodyBytes` is read to its end but
 * not kept, so that its sender gets the answer. `handle` must not reject.
 */
export async function listen(
  address: string,
  maxBodyBytes: number,
  handle: (request: HttpRequest) => Promise<HttpAnswer>,
): Promise<Listening> {
  const { hostname, port } = new URL(address);
  const server = createServer({ maxHeaderSize: 81_920 }, (incoming, response) => {
    readRequest(incoming, maxBodyBytes)
      .then(handle)
      .then((answer) => send(response, answer))
      .catch(() => response.destroy());
  });
  await bind(server, hostname, Number(port));
  return {
    address: `http://${hostname}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(
        error.code === "EADDRINUSE"
          ? new Error(
              `port ${port} of ${host} is in use: stop the program that has it, or choose other ports`,
            )
          : error,
      );
    });
    server.listen(port, host, resolve);
  });
}

async function readRequest(incoming: IncomingMessage, maxBodyBytes: number): Promise<HttpRequest> {
  const { body, tooLarge } = await readBody(incoming, maxBodyBytes);
  const target = incoming.url ?? "/";
  const question = target.indexOf("?");
  return {
    method: incoming.method ?? "GET",
    rawPath: question < 0 ? target : target.slice(0, question),
    rawQuery: question < 0 ? "" : target.slice(question + 1),
    headers: pairs(incoming.rawHeaders),
    body,
    tooLarge,
    sourceIp: incoming.socket.remoteAddress ?? "127.0.0.1",
    localPort: incoming.socket.localPort ?? 0,
    protocol: `HTTP/${incoming.httpVersion}`,
  };
}

/** By events: by an async iterator it takes twice as long. */
function readBody(
  incoming: IncomingMessage,
  maxBodyBytes: number,
): Promise<{ readonly body: Buffer; readonly tooLarge: boolean }> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    incoming.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBodyBytes) chunks.push(chunk);
      else chunks.length = 0;
    });
    incoming.once("end", () => resolve({ body: Buffer.concat(chunks), tooLarge: bytes > maxBodyBytes }));
    incoming.once("error", reject);
  });
}

function pairs(rawHeaders: readonly string[]): HttpHeader[] {
  const headers: HttpHeader[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2)
    headers.push([rawHeaders[i] ?? "", rawHeaders[i + 1] ?? ""]);
  return headers;
}

function send(response: ServerResponse, answer: HttpAnswer): void {
  const headers = messageHeaders(answer.headers).filter(([name]) => name.toLowerCase() !== "content-length");
  const withBody = answer.status !== 204 && answer.status !== 304;
  if (withBody) headers.push(["content-length", String(answer.body.length)]);
  response.writeHead(answer.status, headers.flat());
  response.end(withBody ? answer.body : undefined);
}
