import type { Readable } from "node:stream";

/** A request as it came in: header names and path exactly as sent, the body still to be read. */
export interface IncomingRequest {
  readonly method: string;
  /** Percent-encoded, from the first slash. */
  readonly rawPath: string;
  /** Without the question mark. */
  readonly rawQuery: string;
  /** In order, repeated ones apart. */
  readonly headers: readonly HttpHeader[];
  readonly sourceIp: string;
  /** The server's. */
  readonly localPort: number;
  /** `HTTP/1.1` */
  readonly protocol: string;
}

/** A request that was read whole. */
export interface HttpRequest extends IncomingRequest {
  readonly body: Buffer;
  /** The body was larger than the server takes; `body` is empty then. */
  readonly tooLarge: boolean;
}

export type HttpHeader = readonly [name: string, value: string];

export interface HttpResponse<Body = Buffer> {
  readonly status: number;
  /** In order; the same name may come twice. */
  readonly headers: readonly HttpHeader[];
  readonly body: Body;
}

/** A response whose body may be sent as it is read; the stream is destroyed if the client goes away. */
export type StreamedResponse = HttpResponse<Buffer | Readable>;

/** A response with a JSON body. */
export function jsonResponse(
  status: number,
  body: unknown,
  headers: readonly HttpHeader[] = [],
): HttpResponse {
  return {
    status,
    headers: [["content-type", "application/json"], ...headers],
    body: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)),
  };
}

/** Value of a header; of a repeated one the last. */
export function headerValue(headers: readonly HttpHeader[], name: string): string | undefined {
  return headers.findLast(([key]) => key.toLowerCase() === name)?.[1];
}

/** Whether name and value are allowed in an HTTP message; a function's response may hold anything. */
export function isHeader(name: string, value: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !/[^\t\x20-\x7e\x80-\xff]/.test(value);
}

const HOP_BY_HOP = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding"]);

/** Headers without those of the connection, which end at each server on the way. */
export function endToEndHeaders(headers: readonly HttpHeader[]): HttpHeader[] {
  return headers.filter(([name]) => !HOP_BY_HOP.has(name.toLowerCase()));
}

/** Names and decoded values of a query string in order; a broken escape stays as it is, `+` is a space. */
export function parseQuery(rawQuery: string): [name: string, value: string][] {
  return [...new URLSearchParams(rawQuery)];
}
