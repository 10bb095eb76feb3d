import { connect, type Socket } from "node:net";
import { type Message, MessageReader } from "./messageReader";

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

/**
 * Client of the Lambda Runtime API. One kept connection: its end is the end of the local cloud, and of this process,
 * also in the middle of a request.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeClient {
  readonly #host: string;
  readonly #port: number;
  readonly #path: string;
  /** Opened by the first call: until then nothing keeps a process alive whose handler does not load. */
  #socket: Socket | undefined;
  /** Requests that have no response yet. */
  #missing = 0;
  #onLast: ((response: Message) => void) | undefined;
  #isWaiting = false;

  /** @param runtimeApi  `host:port`, and a path here. */
  constructor(runtimeApi: string) {
    const [, host = "", port, path = ""] = /^([^:/]*):(\d+)(\/.*)?$/.exec(runtimeApi) ?? [];
    this.#host = host;
    this.#port = Number(port);
    this.#path = `${path}/2018-06-01/runtime`;
  }

  /** Whether an event is waited for: nothing else that is posted then has a response before it. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /**
   * Waits for an event.
   *
   * @param done  Response to the event before, which goes in the same write: nobody waits for what the service says to it.
   */
  async next(done?: { readonly requestId: string; readonly json: string }): Promise<Invocation> {
    const get = this.#request("GET", "invocation/next");
    const post = done && this.#request("POST", `invocation/${done.requestId}/response`, done.json);
    this.#isWaiting = true;
    const { headers, body } = await this.#send(...(post === undefined ? [get] : [post, get]));
    this.#isWaiting = false;
    return {
      requestId: headers.get("lambda-runtime-aws-request-id") ?? "",
      event: body.toString("utf8"),
      deadlineMs: Number(headers.get("lambda-runtime-deadline-ms")),
      functionArn: headers.get("lambda-runtime-invoked-function-arn") ?? "",
      traceId: headers.get("lambda-runtime-trace-id"),
      clientContext: headers.get("lambda-runtime-client-context"),
      faults: headers.get("paddock-faults"),
    };
  }

  async postError(requestId: string, error: { errorType: string }): Promise<void> {
    await this.#postError(`invocation/${requestId}/error`, error);
  }

  async postInitError(error: { errorType: string }): Promise<void> {
    await this.#postError("init/error", error);
  }

  async #postError(path: string, error: { errorType: string }): Promise<void> {
    await this.#send(this.#request("POST", path, JSON.stringify(error), error.errorType));
  }

  #request(method: "GET" | "POST", path: string, body = "", errorType = ""): string {
    const lines = [
      `${method} ${this.#path}/${path} HTTP/1.1`,
      `host: ${this.#host}:${this.#port}`,
      ...(method === "GET"
        ? []
        : ["content-type: application/json", `content-length: ${Buffer.byteLength(body)}`]),
      ...(errorType === ""
        ? []
        : [`lambda-runtime-function-error-type: ${errorType.replace(/[^\w.]/g, "")}`]),
    ];
    return `${lines.join("\r\n")}\r\n\r\n${body}`;
  }

  /** @returns The response to the last one. */
  #send(...requests: readonly string[]): Promise<Message> {
    this.#socket ??= this.#connect();
    this.#socket.write(requests.join(""));
    this.#socket.ref();
    this.#missing += requests.length;
    return new Promise((resolve) => {
      this.#onLast = resolve;
    });
  }

  #connect(): Socket {
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    const reader = new MessageReader((response) => {
      this.#missing -= 1;
      if (this.#missing > 0) return;
      // A handler's process may end when the handler has nothing left to do.
      socket.unref();
      this.#onLast?.(response);
    });
    socket.on("data", (chunk: Buffer) => reader.push(chunk));
    // The end of the connection follows.
    socket.on("error", () => {});
    socket.once("close", () => process.exit(1));
    return socket;
  }
}
