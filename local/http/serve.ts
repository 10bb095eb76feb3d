import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AwsError } from "./awsError";
import { checkReach, type Reach } from "./checkHost";
import {
  endToEndHeaders,
  type HttpHeader,
  type HttpRequest,
  type HttpResponse,
  headerValue,
  type IncomingRequest,
  type StreamedResponse,
} from "./message";
import { openFileLimit } from "./openFileLimit";
import { portHolder } from "./portHolder";

/** A server that listens until it is closed. */
export interface Listening {
  /** `http://127.0.0.1:port`, the port that was given out where 0 was asked for. */
  readonly address: string;
  /** Stops listening and cuts all connections; the requests that are being worked on lose theirs. */
  close(): Promise<void>;
  /** Waits for the requests that are being worked on. */
  settled(): Promise<void>;
}

/** The service of AWS's behind an address. */
export interface Front extends Reach {
  /** Names the service in the log. */
  readonly name: string;
  /**
   * Responds to a request. An {@link AwsError} becomes the response that {@link reject} makes of it; anything else is a
   * fault of the local cloud: it is logged with its stack, and the client sees {@link fault} only.
   */
  handle(request: IncomingRequest, message: Body, requestId: string): Promise<StreamedResponse>;
  reject(error: AwsError, request: IncomingRequest, requestId: string): HttpResponse;
  /** The service's own words when it fails. */
  readonly fault: AwsError;
  /** Called with each fault. */
  log(line: string): void;
}

/** A request's body, to be read once. */
export interface Body {
  /** Yields the body as it comes over the wire. Throws when the client goes away before its end. */
  stream(): AsyncIterable<Buffer>;
  /** The whole of it; one over `maxBytes` is read to its end but not kept, so that its sender gets the response. */
  read(maxBytes: number): Promise<Pick<HttpRequest, "body" | "tooLarge">>;
}

/**
 * Serves `http://127.0.0.1:port`.
 *
 * @throws Error  The port is in use.
 */
export async function serve(address: string, front: Front): Promise<Listening> {
  const { hostname, port } = new URL(address);
  const pending = new Set<Promise<void>>();
  const respondTo = (expectsContinue: boolean) => (incoming: IncomingMessage, response: ServerResponse) => {
    const begin = expectsContinue ? () => response.writeContinue() : () => undefined;
    const done = respond(front, incoming, response, begin)
      // A response that cannot be written, e.g. for a header that HTTP does not allow.
      .catch((error: Error) => {
        response.destroy();
        front.log(`${front.name}: ${incoming.method} ${incoming.url} was not answered: ${error.stack}`);
      })
      .finally(() => pending.delete(done));
    pending.add(done);
  };
  // An upload may take as long as it likes; what idles is closed.
  const server = createServer({ maxHeaderSize: 81_920, requestTimeout: 0, keepAliveTimeout: 60_000 });
  boundConnections(server);
  server.on("request", respondTo(false)).on("checkContinue", respondTo(true));
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(portError(error, hostname, port)));
    server.listen(Number(port), hostname, resolve);
  });
  // E.g. a connection that cannot be accepted for want of files: that client's trouble, not everyone's.
  server.on("error", (error) => front.log(`${front.name}: ${error.message}`));
  return {
    address: `http://${hostname}:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
    async settled() {
      await Promise.all(pending);
    },
  };
}

const FILES = openFileLimit();
/** Connections of all servers together; each is an open file of this process, which needs others for its functions. */
const MAX_CONNECTIONS = Math.min(1000, Math.floor(FILES * 0.4));
/** Above this, connections that wait for a next request are closed: clients that forget theirs would keep them all. */
const MAX_WITH_IDLE = Math.min(200, Math.floor(FILES * 0.2));

const servers = new Set<Server>();
let connections = 0;

function boundConnections(server: Server): void {
  servers.add(server);
  server.once("close", () => servers.delete(server));
  server.on("connection", (socket) => {
    connections += 1;
    socket.once("close", () => {
      connections -= 1;
    });
    if (connections > MAX_WITH_IDLE) for (const one of servers) one.closeIdleConnections();
    if (connections > MAX_CONNECTIONS) socket.destroy();
  });
}

function portError(error: NodeJS.ErrnoException, host: string, port: string): Error {
  if (error.code !== "EADDRINUSE") return error;
  const holder = portHolder(Number(port)) ?? "another program";
  return new Error(`port ${port} of ${host} is in use by ${holder}: stop that, or choose other ports`);
}

async function respond(
  front: Front,
  incoming: IncomingMessage,
  response: ServerResponse,
  begin: () => void,
): Promise<void> {
  const requestId = randomUUID();
  const request = requestOf(incoming);
  let result: StreamedResponse;
  try {
    checkReach(request.headers, front);
    result = await front.handle(request, bodyOf(incoming, begin), requestId);
  } catch (error) {
    // The client went away in the middle of its own request.
    if (incoming.destroyed && !incoming.complete) return;
    if (!(error instanceof AwsError)) {
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
      front.log(
        `${front.name}: ${request.method} ${request.rawPath} failed (request ${requestId}): ${cause}`,
      );
    }
    result = front.reject(error instanceof AwsError ? error : front.fault, request, requestId);
  }
  await send(response, result, request.method === "HEAD");
}

function requestOf(incoming: IncomingMessage): IncomingRequest {
  const { target, headers } = originForm(incoming.url ?? "/", pairs(incoming.rawHeaders));
  const question = target.indexOf("?");
  return {
    method: incoming.method ?? "GET",
    rawPath: question < 0 ? target : target.slice(0, question),
    rawQuery: question < 0 ? "" : target.slice(question + 1),
    headers,
    sourceIp: incoming.socket.remoteAddress ?? "127.0.0.1",
    localPort: incoming.socket.localPort ?? 0,
    protocol: `HTTP/${incoming.httpVersion}`,
  };
}

/**
 * Takes the address before the path off a target such as a client sends to its proxy, `http://host/path`. Its host is the
 * one that counts, whatever `Host` says: https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2
 */
function originForm(
  target: string,
  headers: readonly HttpHeader[],
): { readonly target: string; readonly headers: readonly HttpHeader[] } {
  const [, host, rest = ""] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(target) ?? [];
  if (host === undefined) return { target, headers };
  const others = headers.filter(([name]) => name.toLowerCase() !== "host");
  return { target: rest.startsWith("/") ? rest : `/${rest}`, headers: [["host", host], ...others] };
}

function pairs(rawHeaders: readonly string[]): HttpHeader[] {
  const headers: HttpHeader[] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2)
    headers.push([rawHeaders[i] ?? "", rawHeaders[i + 1] ?? ""]);
  return headers;
}

/** Names and values one after the other, as Node.js takes them. `flat` takes thirty times as long. */
function rawHeaders(headers: readonly HttpHeader[]): string[] {
  const raw: string[] = [];
  for (const [name, value] of headers) raw.push(name, value);
  return raw;
}

function bodyOf(incoming: IncomingMessage, begin: () => void): Body {
  return {
    async *stream() {
      begin();
      // Leaving early must not cut the connection: the client still has to read why.
      yield* incoming.iterator({ destroyOnReturn: false });
    },
    // By events: an async iterator takes twice as long.
    read(maxBytes) {
      return new Promise((resolve, reject) => {
        begin();
        const chunks: Buffer[] = [];
        let bytes = 0;
        incoming.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes <= maxBytes) chunks.push(chunk);
          else chunks.length = 0;
        });
        incoming.once("end", () => resolve({ body: Buffer.concat(chunks), tooLarge: bytes > maxBytes }));
        incoming.once("error", reject);
        // Each request closes at its end, too: an error that nobody sees would cost it its stack.
        incoming.once("close", () => incoming.readableEnded || reject(new Error("the client went away")));
      });
    },
  };
}

async function send(
  response: ServerResponse,
  { status, headers, body }: StreamedResponse,
  isHead: boolean,
): Promise<void> {
  const hasBody = status !== 204 && status !== 304;
  if (body instanceof Readable) {
    response.writeHead(status, rawHeaders(endToEndHeaders(headers)));
    if (isHead || !hasBody) {
      body.destroy();
      response.end();
      return;
    }
    // The status is sent: cutting the connection is the only way left to say that the bytes are not whole.
    await pipeline(body, response).catch((error: Error) => response.destroy(error));
    return;
  }
  // A response to HEAD may name the length of what GET would send.
  const length = (isHead ? headerValue(headers, "content-length") : undefined) ?? String(body.length);
  const own = endToEndHeaders(headers).filter(([name]) => name.toLowerCase() !== "content-length");
  if (hasBody) own.push(["content-length", length]);
  response.writeHead(status, rawHeaders(own));
  response.end(hasBody && !isHead ? body : undefined);
}
