import { Agent, type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";

/** One event as `GET …/invocation/next` gives it. */
export interface Invocation {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  /** Epoch, ms. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId?: string;
  /** JSON. */
  readonly clientContext?: string;
  /** JSON: what is to go wrong on purpose. No header of Lambda's. */
  readonly faults?: string;
}

const watched = new WeakSet<Socket>();

/**
 * Client of the Lambda Runtime API. One kept connection: its end is the end of the local cloud, and of this process,
 * also in the middle of a request.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #host: string;
  readonly #port: number;
  readonly #path: string;

  /** @param runtimeApi  `host:port`, and a path here. */
  constructor(runtimeApi: string) {
    const [, host = "", port, path = ""] = /^([^:/]*):(\d+)(\/.*)?$/.exec(runtimeApi) ?? [];
    this.#host = host;
    this.#port = Number(port);
    this.#path = `${path}/2018-06-01/runtime`;
  }

  async next(): Promise<Invocation> {
    const { headers, body } = await this.#call("GET", "invocation/next");
    const text = (name: string) => headers[name] as string | undefined;
    return {
      requestId: text("lambda-runtime-aws-request-id") ?? "",
      event: body,
      deadlineMs: Number(text("lambda-runtime-deadline-ms")),
      functionArn: text("lambda-runtime-invoked-function-arn") ?? "",
      traceId: text("lambda-runtime-trace-id"),
      clientContext: text("lambda-runtime-client-context"),
      faults: text("paddock-faults"),
    };
  }

  async postResponse(requestId: string, json: string): Promise<void> {
    await this.#call("POST", `invocation/${requestId}/response`, json);
  }

  async postError(requestId: string, error: { errorType: string }): Promise<void> {
    await this.#call("POST", `invocation/${requestId}/error`, JSON.stringify(error), error.errorType);
  }

  async postInitError(error: { errorType: string }): Promise<void> {
    await this.#call("POST", "init/error", JSON.stringify(error), error.errorType);
  }

  #call(
    method: string,
    path: string,
    body?: string,
    errorType?: string,
  ): Promise<{ headers: IncomingMessage["headers"]; body: string }> {
    return new Promise((resolve, reject) => {
      const headers: Record<string, string | number> = {};
      if (body !== undefined) {
        headers["content-type"] = "application/json";
        headers["content-length"] = Buffer.byteLength(body);
      }
      if (errorType !== undefined)
        headers["lambda-runtime-function-error-type"] = errorType.replace(/[^\w.]/g, "");
      const call = request(
        {
          agent: this.#agent,
          host: this.#host,
          port: this.#port,
          method,
          path: `${this.#path}/${path}`,
          headers,
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("end", () =>
            resolve({ headers: response.headers, body: Buffer.concat(chunks).toString("utf8") }),
          );
          response.on("error", reject);
        },
      );
      call.on("socket", exitWith);
      call.on("error", reject);
      call.end(body);
    });
  }
}

function exitWith(socket: Socket): void {
  if (watched.has(socket)) return;
  watched.add(socket);
  socket.once("close", () => process.exit(1));
}
