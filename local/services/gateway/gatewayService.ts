import type { HttpAnswer, HttpRequest } from "../../http/httpMessage";
import { jsonAnswer } from "../../http/httpMessage";
import { type Listening, listen } from "../../http/listen";
import type { InvocationReport } from "../lambda/invocation";
import type { LambdaService } from "../lambda/lambdaService";
import { maxRequestBytes } from "../lambda/payloadLimits";
import type { RequestReport } from "../lambda/requestReport";
import type { Callers } from "./callers";
import type { FunctionUrlConfig } from "./functionUrl/functionUrlConfig";
import { functionUrlHandler } from "./functionUrl/functionUrlHandler";
import { RestApi } from "./rest/restApi";
import type { RestApiDefinition, RestStage } from "./rest/restApiDefinition";
import { restApiHandler } from "./rest/restApiHandler";

/** What API Gateway takes. */
const maxRestRequestBytes = 10 * 1024 * 1024;

export interface GatewayServiceOptions {
  readonly lambda: LambdaService;
  readonly region: string;
  readonly accountId: string;
  /** For `AWS_IAM`; without it nothing that asks for a signature lets anyone in. */
  readonly iam?: Callers;
  /** Requests wait for it before they are worked on: an update of what is served, say. */
  ready?(): Promise<void>;
  /** Access log lines of REST API stages that have one. */
  onAccessLog?(line: { readonly destinationArn: string; readonly line: string }): void;
  /** Each request's one line. */
  onRequest?(report: RequestReport): void;
}

/** The HTTP servers in front of the functions: one for each function URL and REST API. */
export class GatewayService {
  readonly #options: GatewayServiceOptions;
  readonly #urls = new Map<string, { config: FunctionUrlConfig; server: Listening }>();
  readonly #apis = new Map<string, { api: RestApi; server: Listening | undefined }>();

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

  /** Creates a REST API, or changes what is declared of it; it is reached through its stages. */
  putRestApi(definition: RestApiDefinition): void {
    const known = this.#apis.get(definition.id);
    if (known) known.api.definition = definition;
    else this.#apis.set(definition.id, { api: new RestApi(definition), server: undefined });
  }

  async deleteRestApi(id: string): Promise<void> {
    const known = this.#apis.get(id);
    this.#apis.delete(id);
    await known?.server?.close();
  }

  /** A REST API by its id, to declare on. */
  findRestApi(id: string): RestApi | undefined {
    return this.#apis.get(id)?.api;
  }

  /** As {@link findRestApi}; throws when there is none. */
  restApi(id: string): RestApi {
    const api = this.findRestApi(id);
    if (!api) throw new Error(`the REST API ${id} does not exist in the local cloud`);
    return api;
  }

  /** Puts a stage in front of a deployment; the API's first one makes it listen on `address`. Gives its address. */
  async putStage(restApiId: string, stage: RestStage, address: string): Promise<string> {
    const api = this.restApi(restApiId);
    api.putStage(stage);
    const entry = this.#apis.get(restApiId);
    const server =
      entry?.server ??
      (await listen(address, maxRestRequestBytes, (request) =>
        this.#report("restApi", request, () => restApiHandler(api, request, this.#options)),
      ));
    this.#apis.set(restApiId, { api, server });
    return server.address;
  }

  /** Stops listening; requests that are worked on lose their connection. */
  async close(): Promise<void> {
    const servers = [...this.#urls.values(), ...this.#apis.values()].map(({ server }) => server);
    this.#urls.clear();
    this.#apis.clear();
    await Promise.all(servers.map((server) => server?.close()));
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
