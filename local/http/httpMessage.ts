/** A request as it came in: header names and path exactly as sent. */
export interface HttpRequest {
  readonly method: string;
  /** Percent-encoded, from the first slash. */
  readonly rawPath: string;
  /** Without the question mark. */
  readonly rawQuery: string;
  /** In order, repeated ones apart. */
  readonly headers: readonly HttpHeader[];
  readonly body: Buffer;
  /** The body was larger than the server takes; `body` is empty then. */
  readonly tooLarge: boolean;
  readonly sourceIp: string;
  /** The server's. */
  readonly localPort: number;
  /** `HTTP/1.1` */
  readonly protocol: string;
}

export type HttpHeader = readonly [name: string, value: string];

export interface HttpAnswer {
  readonly status: number;
  /** In order; the same name may come twice. */
  readonly headers: readonly HttpHeader[];
  readonly body: Buffer;
}

/** An answer with a JSON body. */
export function jsonAnswer(status: number, body: unknown, headers: readonly HttpHeader[] = []): HttpAnswer {
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
