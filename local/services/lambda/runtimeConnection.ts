import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { MAX_RESPONSE_BYTES } from "./payloadLimits";
import { type Message, MessageReader } from "./runtime/messageReader";

/** One connection to a Runtime API: its requests are responded to one by one, in the order they came. */
export class RuntimeConnection {
  readonly #socket: Socket;
  readonly #onRequest: (request: Message, connection: RuntimeConnection) => void;
  readonly #requests: Message[] = [];
  #isResponding = false;

  constructor(socket: Socket, onRequest: (request: Message, connection: RuntimeConnection) => void) {
    this.#socket = socket;
    this.#onRequest = onRequest;
    const reader = new MessageReader((request) => this.#requests.push(request), MAX_RESPONSE_BYTES);
    socket.on("data", (chunk: Buffer) => {
      try {
        reader.push(chunk);
      } catch {
        socket.destroy();
      }
      this.#takeNext();
    });
    // An instance that dies while it posts: its end is noticed as such.
    socket.on("error", () => {});
  }

  /** Responds to the request that was handed over last. */
  respond(status: number, headers: Readonly<Record<string, string | number>>, body: Buffer | string): void {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const length = `content-length: ${Buffer.byteLength(body)}\r\n`;
    this.#socket.cork();
    this.#socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json\r\n${lines.join("")}${length}\r\n`,
      "latin1",
    );
    this.#socket.write(body);
    this.#socket.uncork();
    this.#isResponding = false;
    this.#takeNext();
  }

  #takeNext(): void {
    if (this.#isResponding) return;
    const request = this.#requests.shift();
    if (request === undefined) return;
    this.#isResponding = true;
    this.#onRequest(request, this);
  }
}
