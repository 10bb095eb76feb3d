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
  /** The calls that have no response yet, in order. */
  readonly #calls: ((response: Message) => void)[] = [];
  #isWaiting = false;

  /** @param runtimeApi  `host:port`, and a path here. */
  constructor(runtimeApi: string) {
    const [, host = "", port, path = ""] = /^([^:/]*):(\d+)(\/.*)?$/.exec(runtimeApi) ?? [];
    this.#host = host;
    this.#port = Number(port);
    this.#path = `${path}/2018-06-01/runtime`;
  }

  /** Whether an event is waited for: what is posted then has no response before the event comes. */
  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  async next(): Promise<Invocation> {
    this.#isWaiting = true;
    const { headers, body } = await this.#call("GET", "invocation/next");
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

  async postResponse(requestId: string, json: string): Promise<void> {
    await this.#call("POST", `invocation/${requestId}/response`, json);
  }

  async postError(requestId: string, error: { errorType: string }): Promise<void> {
    await this.#call("POST", `invocation/${requestId}/error`, JSON.stringify(error), error.errorType);
  }

  async postInitError(error: { errorType: string }): Promise<void> {
    await this.#call("POST", "init/error", JSON.stringify(error), error.errorType);
  }

  #call(method: "GET" | "POST", path: string, body = "", errorType = ""): Promise<Message> {
    this.#socket ??= this.#connect();
    const socket = this.#socket;
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
    socket.write(`${lines.join("\r\n")}\r\n\r\n${body}`);
    socket.ref();
    return new Promise((resolve) => this.#calls.push(resolve));
  }

  #connect(): Socket {
    const socket = connect({ host: this.#host, port: this.#port, noDelay: true });
    const reader = new MessageReader((response) => {
      this.#calls.shift()?.(response);
      // A handler's process may end when the handler has nothing left to do.
      if (this.#calls.length === 0) socket.unref();
    });
    socket.on("data", (chunk: Buffer) => reader.push(chunk));
    // The end of the connection follows.
    socket.on("error", () => {});
    socket.once("close", () => process.exit(1));
    return socket;
  }
}
