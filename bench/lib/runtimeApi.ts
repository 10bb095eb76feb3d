import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/**
 * Lambda's Runtime API for one process: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html. It is served from
 * the process that measures, so that a request has the two hops of the function's own and none more.
 */
export class RuntimeApi {
  readonly #server: http.Server;
  /** The `GET …/next` that waits for an event. */
  #next: http.ServerResponse | undefined;
  #event: string | undefined;
  #settle: { resolve(response: string): void; reject(error: Error): void } | undefined;
  #count = 0;

  private constructor() {
    this.#server = http.createServer((request, response) => void this.#serve(request, response));
    this.#server.keepAliveTimeout = 0;
  }

  static async listen(): Promise<RuntimeApi> {
    const api = new RuntimeApi();
    await new Promise<void>((resolve) => api.#server.listen(0, "127.0.0.1", resolve));
    return api;
  }

  /** `AWS_LAMBDA_RUNTIME_API` of the process. */
  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /**
   * Gives the process an event, one at a time, and waits for the handler's result.
   *
   * @param event   JSON.
   * @throws Error  The handler failed, or the process could not load it.
   */
  invoke(event: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#event = event;
      this.#deliver();
    });
  }

  /** Fails the invocation that is waiting: the process has ended. */
  fail(error: Error): void {
    this.#settle?.reject(error);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (request.method === "GET") {
      this.#next = response;
      this.#deliver();
      return;
    }
    const body = await text(request);
    response.writeHead(202).end();
    if (request.url?.endsWith("/response")) this.#settle?.resolve(body);
    else this.#settle?.reject(new Error(`${request.url} ${body}`));
  }

  #deliver(): void {
    if (this.#next === undefined || this.#event === undefined) return;
    this.#next
      .writeHead(200, {
        "content-type": "application/json",
        "lambda-runtime-aws-request-id": `00000000-0000-4000-8000-${String(++this.#count).padStart(12, "0")}`,
        "lambda-runtime-deadline-ms": Date.now() + 60_000,
        "lambda-runtime-invoked-function-arn": "arn:aws:lambda:us-east-1:123456789012:function:bench",
        "lambda-runtime-trace-id": "Root=1-00000000-000000000000000000000000;Sampled=0",
      })
      .end(this.#event);
    this.#next = this.#event = undefined;
  }
}
