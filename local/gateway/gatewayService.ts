import type { InvocationReport } from "../lambda/invocation";
import type { LambdaService } from "../lambda/lambdaService";
import { maxRequestBytes } from "../lambda/payloadLimits";
import type { FunctionUrlConfig } from "./functionUrl/functionUrlConfig";
import { functionUrlHandler } from "./functionUrl/functionUrlHandler";
import type { HttpAnswer, HttpRequest } from "./httpMessage";
import { jsonAnswer } from "./httpMessage";
import { type Listening, listen } from "./listen";
import type { RequestReport } from "./requestReport";
import type { VerifySignature } from "./verifySignature";

export interface GatewayServiceOptions {
  readonly lambda: LambdaService;
  readonly region: string;
  readonly accountId: string;
  /** For `AWS_IAM`; without it nothing that asks for a signature lets anyone in. */
  readonly verifySignature?: VerifySignature;
  /** Requests wait for it before they are worked on: an update of what is served, say. */
  ready?(): Promise<void>;
  /** Each request's one line. */
  onRequest?(report: RequestReport): void;
}

/** The HTTP servers in front of the functions: one for each function URL and REST API. */
export class GatewayService {
  readonly #options: GatewayServiceOptions;
  readonly #urls = new Map<string, { config: FunctionUrlConfig; server: Listening }>();

  constructor(options: GatewayServiceOptions) {
    this.#options = options;
  }

  /** Serves a function URL on `address`; one that is served already gets the new configuration. Gives its address. */
  async putFunctionUrl(config: FunctionUrlConfig, address: string): Promise<string> {
    const served = this.#urls.get(config.urlId);
    if (served) {
      served.config = config;
      return served.server.address;
    }
    const entry = { config };
    const server = await listen(address, maxRequestBytes, (request) =>
      this.#report("functionUrl", request, async () => ({
        ...(await functionUrlHandler(entry.config, request, this.#options)),
        functionName: entry.config.functionName,
      })),
    );
    this.#urls.set(config.urlId, Object.assign(entry, { server }));
    return server.address;
  }

  async deleteFunctionUrl(urlId: string): Promise<void> {
    const served = this.#urls.get(urlId);
    this.#urls.delete(urlId);
    await served?.server.close();
  }

  /** Stops listening; requests that are worked on lose their connection. */
  async close(): Promise<void> {
    const servers = [...this.#urls.values()].map(({ server }) => server);
    this.#urls.clear();
    await Promise.all(servers.map((server) => server.close()));
  }

  async #report(
    via: RequestReport["via"],
    request: HttpRequest,
    work: () => Promise<{ answer: HttpAnswer; functionName?: string; invocation?: InvocationReport }>,
  ): Promise<HttpAnswer> {
    const started = performance.now();
    await this.#options.ready?.();
    const { answer, functionName, invocation } = await work().catch(() => ({
      answer: jsonAnswer(500, { message: "Internal server error" }),
      functionName: undefined,
      invocation: undefined,
    }));
    this.#options.onRequest?.({
      via,
      method: request.method,
      path: request.rawPath,
      status: answer.status,
      durationMs: performance.now() - started,
      ...(functionName !== undefined && { functionName }),
      ...(invocation && { invocation }),
    });
    return answer;
  }
}
