import { AwsError } from "../http/awsError";
import type { Reach } from "../http/checkHost";
import type { HttpResponse, IncomingRequest, StreamedResponse } from "../http/message";
import { type Body, type Front, type Listening, serve } from "../http/serve";
import type { RequestReport } from "../services/lambda/requestReport";
import { Assets } from "./assets";
import { checkCaller } from "./checkCaller";
import { readSecret } from "./readSecret";
import { RequestLog } from "./requestLog";
import { findRoute } from "./routes";
import { securityHeaders } from "./securityHeaders";
import type { Stack } from "./stack";

export interface PageServerOptions extends Reach {
  readonly stack: Stack;
  readonly port: number;
  /** File that keeps the secret, so that a page that is open goes on after a restart. */
  readonly secretFile: string;
  /** A line about a fault of the page itself. */
  log(line: string): void;
}

const FAULT = new AwsError(
  "InternalFailure",
  500,
  "The page's server failed; the local cloud's log says why.",
);

/** Serves the page and its API, on a port of its own. */
export class PageServer {
  readonly #options: PageServerOptions;
  readonly #assets = new Assets();
  readonly #secret: string;
  readonly #requests = new RequestLog();
  #server: Listening | undefined;

  constructor(options: PageServerOptions) {
    this.#options = options;
    this.#secret = readSecret(options.secretFile);
  }

  /** @throws Error  The port is in use. */
  async start(): Promise<void> {
    this.#server = await serve(`http://127.0.0.1:${this.#options.port}`, this.#front());
  }

  /** For a browser: with the secret in the fragment, which no browser sends. */
  get address(): string {
    return `${this.#server?.address ?? ""}/#secret=${this.#secret}`;
  }

  /** Takes notice of a request to the stack. */
  add(report: RequestReport): void {
    this.#requests.add(report);
  }

  async close(): Promise<void> {
    this.#requests.close();
    await this.#server?.close();
    await this.#server?.settled();
  }

  #front(): Front {
    const { allowedHosts, log } = this.#options;
    return {
      name: "page",
      allowedHosts,
      ownOriginsOnly: true,
      log,
      fault: FAULT,
      reject: (error) => withSecurity(error.toJson("message")),
      handle: async (request, body) => withSecurity(await this.#respond(request, body)),
    };
  }

  async #respond(request: IncomingRequest, body: Body): Promise<StreamedResponse> {
    if (!request.rawPath.startsWith("/api/")) return this.#assets.respond(request);
    checkCaller(request, this.#secret);
    const { handle, parameters } = findRoute(request);
    return handle({ request, body, parameters, stack: this.#options.stack, requests: this.#requests });
  }
}

function withSecurity<R extends HttpResponse<unknown>>(response: R): R {
  return { ...response, headers: [...response.headers, ...securityHeaders] };
}
