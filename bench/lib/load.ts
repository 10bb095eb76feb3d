import net from "node:net";

const END_OF_HEADERS = "\r\n\r\n";

/** A request of HTTP/1.1 that is sent again and again. */
export interface LoadRequest {
  /** `http://127.0.0.1:port/path` */
  readonly address: string;
  readonly body: string;
}

/** Figures of the requests that one call sent. */
export interface Load {
  /** Microseconds from each request to the end of its response. */
  readonly latencies: readonly number[];
  readonly seconds: number;
}

/**
 * Kept connections to one server, each with one request at a time. They write and read bytes, with no client between, so
 * that one process asks more than any of the servers answers.
 */
export class LoadGenerator {
  readonly #sockets: readonly net.Socket[];
  readonly #request: Buffer;

  private constructor(sockets: readonly net.Socket[], request: Buffer) {
    this.#sockets = sockets;
    this.#request = request;
  }

  static async connect({ address, body }: LoadRequest, connections: number): Promise<LoadGenerator> {
    const { hostname, port, host, pathname } = new URL(address);
    const head = [
      `POST ${pathname} HTTP/1.1`,
      `host: ${host}`,
      "content-type: application/json",
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    const sockets = Array.from({ length: connections }, () =>
      net.connect({ host: hostname, port: Number(port), noDelay: true }),
    );
    await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject)),
      ),
    );
    return new LoadGenerator(sockets, Buffer.from(`${head.join("\r\n")}${END_OF_HEADERS}${body}`));
  }

  /** Sends this many requests, spread over the connections as they answer. @throws Error  A response that is no 200. */
  async send(requests: number): Promise<Load> {
    const latencies: number[] = [];
    let left = requests;
    const started = performance.now();
    await Promise.all(
      this.#sockets.map(async (socket) => {
        while (left-- > 0) {
          const sent = performance.now();
          await ask(socket, this.#request);
          latencies.push((performance.now() - sent) * 1000);
        }
      }),
    );
    return { latencies, seconds: (performance.now() - started) / 1000 };
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** Resolves at the end of a response that has a `content-length`. */
function ask(socket: net.Socket, request: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let received = "";
    const settle = (error?: Error) => {
      socket.off("data", onData).off("close", onClose);
      if (error) reject(error);
      else resolve();
    };
    const onClose = () => settle(new Error("the server closed the connection"));
    const onData = (chunk: Buffer) => {
      received += chunk.toString("latin1");
      const end = received.indexOf(END_OF_HEADERS);
      if (end < 0) return;
      const length = /\r\ncontent-length: *(\d+)/i.exec(received)?.[1];
      if (!received.startsWith("HTTP/1.1 200 ") || length === undefined) {
        settle(new Error(`the server answered ${received.slice(0, 500)}`));
      } else if (received.length >= end + END_OF_HEADERS.length + Number(length)) settle();
    };
    socket.on("data", onData).on("close", onClose);
    if (socket.destroyed) onClose();
    socket.write(request);
  });
}
