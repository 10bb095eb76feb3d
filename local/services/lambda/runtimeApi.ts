import { randomBytes } from "node:crypto";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { isOwnHost } from "../../http/checkHost";
import type { EventFaults } from "./lambdaFaults";
import { MAX_RESPONSE_BYTES } from "./payloadLimits";
import type { Message } from "./runtime/messageReader";
import { RuntimeConnection } from "./runtimeConnection";

/** An event on its way into an instance. */
export interface RuntimeEvent {
  readonly requestId: string;
  readonly payload: Buffer;
  /** Epoch, ms. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string;
  readonly clientContext?: string;
  readonly faults?: EventFaults;
}

/** The messages of an instance to its Runtime API. */
export interface RuntimeApiListener {
  /** The first `next`: initialisation is over. */
  onReady(): void;
  onInitError(payload: Buffer): void;
  onResponse(payload: Buffer): void;
  onError(payload: Buffer): void;
  onResponseTooLarge(): void;
}

/**
 * The server side of the Lambda Runtime API for one instance, on a port of its own. Its address holds a secret, so that no
 * other process of this machine can take the instance's events or answer for it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #server: Server;
  readonly #listener: RuntimeApiListener;
  readonly #secret = randomBytes(16).toString("hex");
  readonly #sockets = new Set<Socket>();
  #ready = false;
  /** The `next` that waits for an event. */
  #waiting: RuntimeConnection | undefined;
  #pending: RuntimeEvent | undefined;
  #current: string | undefined;

  constructor(listener: RuntimeApiListener) {
    this.#listener = listener;
    // An instance's idle connection is how it notices the end of this process: it has no timeout.
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
      new RuntimeConnection(socket, (request, connection) => this.#respond(request, connection));
    });
  }

  /** Gives `host:port/secret`, the value of `AWS_LAMBDA_RUNTIME_API`. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      // Stays: accepting a connection fails, too, when this process has no files left.
      this.#server.on("error", reject);
      // A server that is closed before it listens emits neither event.
      this.#server.once("close", () => reject(new Error("the instance has ended")));
      this.#server.listen(0, "127.0.0.1", resolve);
    });
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}/${this.#secret}`;
  }

  /** Hands an event to the instance, at once or with its next `next`. */
  send(event: RuntimeEvent): void {
    this.#pending = event;
    this.#current = event.requestId;
    this.#deliver();
  }

  /** Whether an event was never taken; it is the caller's again. */
  takeBack(): boolean {
    const undelivered = this.#pending !== undefined;
    this.#pending = undefined;
    return undelivered;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #deliver(): void {
    const connection = this.#waiting;
    const event = this.#pending;
    if (!connection || !event) return;
    this.#waiting = undefined;
    this.#pending = undefined;
    const headers = {
      "lambda-runtime-aws-request-id": event.requestId,
      "lambda-runtime-deadline-ms": event.deadlineMs,
      "lambda-runtime-invoked-function-arn": event.functionArn,
      "lambda-runtime-trace-id": event.traceId,
      ...(event.clientContext && { "lambda-runtime-client-context": asciiJson(event.clientContext) }),
      ...(event.faults && { "paddock-faults": asciiJson(JSON.stringify(event.faults)) }),
    };
    connection.respond(200, headers, event.payload);
  }

  #respond({ startLine, headers, body, bytes }: Message, connection: RuntimeConnection): void {
    const prefix = `/${this.#secret}/2018-06-01/runtime/`;
    const [method, path = ""] = startLine.split(" ");
    if (!path.startsWith(prefix) || !isOwnHost(headers.get("host") ?? "")) {
      sendError(connection, 403, "AccessDenied", "The Runtime API is the function's only");
      return;
    }
    const call = path.slice(prefix.length);
    if (method !== "GET" || call !== "invocation/next") {
      this.#post(call, bytes, body, connection);
      return;
    }
    this.#waiting = connection;
    if (!this.#ready) {
      this.#ready = true;
      this.#listener.onReady();
    }
    this.#deliver();
  }

  #post(call: string, bytes: number, body: Buffer, connection: RuntimeConnection): void {
    if (call === "init/error") {
      accept(connection);
      this.#listener.onInitError(body);
      return;
    }
    const [, requestId, kind] = /^invocation\/([\w-]+)\/(response|error)$/.exec(call) ?? [];
    if (kind === undefined) {
      sendError(connection, 404, "InvalidRequest", `${call} is not part of the Runtime API`);
    } else if (requestId !== this.#current) {
      sendError(connection, 400, "InvalidRequestID", `${requestId} is not the request that is worked on`);
    } else if (bytes > MAX_RESPONSE_BYTES) {
      this.#current = undefined;
      sendError(
        connection,
        413,
        "RequestEntityTooLarge",
        `Exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
      );
      this.#listener.onResponseTooLarge();
    } else {
      this.#current = undefined;
      accept(connection);
      if (kind === "response") this.#listener.onResponse(body);
      else this.#listener.onError(body);
    }
  }
}

/** JSON in the characters that every HTTP header may have. */
function asciiJson(json: string): string {
  return JSON.stringify(JSON.parse(json)).replace(
    /[\x7f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function accept(connection: RuntimeConnection): void {
  connection.respond(202, {}, '{"status":"OK"}');
}

function sendError(
  connection: RuntimeConnection,
  status: number,
  errorType: string,
  errorMessage: string,
): void {
  connection.respond(status, {}, JSON.stringify({ errorMessage, errorType }));
}
