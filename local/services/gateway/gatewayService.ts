import { AwsError } from "../../http/awsError";
import type { Reach } from "../../http/checkHost";
import type { HttpRequest, HttpResponse } from "../../http/message";
import { type Listening, serve } from "../../http/serve";
import type { InvocationReport } from "../lambda/invocation";
import type { LambdaService } from "../lambda/lambdaService";
import { MAX_REQUEST_BYTES } from "../lambda/payloadLimits";
import type { RequestReport } from "../lambda/requestReport";
import type { Callers } from "./callers";
import type { FunctionUrlConfig } from "./functionUrl/functionUrlConfig";
import { functionUrlHandler } from "./functionUrl/functionUrlHandler";
import { RestApi } from "./rest/restApi";
import type { RestApiDefinition, RestStage } from "./rest/restApiDefinition";
import { restApiHandler } from "./rest/restApiHandler";
import { UsagePlans } from "./rest/usagePlans";

/** The largest request body that API Gateway takes. */
const MAX_REST_REQUEST_BYTES = 10 * 1024 * 1024;

export interface GatewayServiceOptions extends Reach {
  readonly lambda: LambdaService;
  readonly region: string;
  readonly accountId: string;
  readonly iam: Callers;
  /** Requests wait for it before they are worked on, and before they invoke a function: an update of it, say. */
  ready?(functionName?: string): Promise<void>;
  /** Takes the access log lines of REST API stages that have one. */
  onAccessLog(line: AccessLogLine): void;
  /** A line about a fault of the local cloud itself. */
  log(line: string): void;
  /** Each request's one line. */
  onRequest?(report: RequestReport): void;
}

/** A line of a stage's access log. */
export interface AccessLogLine {
  /** ARN of the log group. */
  readonly destinationArn: string;
  readonly line: string;
}

interface Handled {
  readonly response: HttpResponse;
  readonly functionName?: string;
  readonly invocation?: InvocationReport;
}

const FAULT = new AwsError("InternalServerErrorException", 500, "Internal server error");

/** The HTTP servers in front of the functions: one for each function URL and REST API. */
export class GatewayService {
  readonly #options: GatewayServiceOptions;
  readonly #urls = new Map<
    string,
    { config: FunctionUrlConfig; server: Listening; readonly created: string; lastModified: string }
  >();
  /** For methods that ask for an API key. */
  readonly usagePlans = new UsagePlans();
  readonly #apis = new Map<string, { api: RestApi; server: Listening | undefined }>();

  constructor(options: GatewayServiceOptions) {
    this.#options = options;
  }

  /** Serves a function URL on `address`; one that is served already gets the new configuration. Gives its address. */
  async putFunctionUrl(config: FunctionUrlConfig, address: string): Promise<string> {
    const now = new Date().toISOString();
    const served = this.#urls.get(config.urlId);
    if (served) {
      Object.assign(served, { config, lastModified: now });
      return served.server.address;
    }
    const entry = { config, created: now, lastModified: now };
    const server = await this.#serve("functionUrl", address, MAX_REQUEST_BYTES, async (request) => {
      const { functionName } = entry.config;
      await this.#options.ready?.(functionName);
      return { functionName, ...(await functionUrlHandler(entry.config, request, this.#options)) };
    });
    this.#urls.set(config.urlId, Object.assign(entry, { server }));
    return server.address;
  }

  /** The URL of a function, or of its alias. */
  findFunctionUrl(functionName: string, qualifier: string | undefined) {
    const found = [...this.#urls.values()].find(
      ({ config }) => config.functionName === functionName && config.qualifier === qualifier,
    );
    if (!found) return undefined;
    const { config, server, created, lastModified } = found;
    return { ...config, created, lastModified, address: server.address };
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

  /** Finds a REST API; throws when there is none. */
  restApi(id: string): RestApi {
    const api = this.findRestApi(id);
    if (!api) throw new Error(`the REST API ${id} does not exist in the local cloud`);
    return api;
  }

  /** ARN of an API as policies name it. */
  executionArn(restApiId: string): string {
    const { region, accountId } = this.#options;
    return `arn:aws:execute-api:${region}:${accountId}:${restApiId}`;
  }

  /** Puts a stage in front of a deployment; the API's first one makes it listen on `address`. Gives its address. */
  async putStage(restApiId: string, stage: RestStage, address: string): Promise<string> {
    const api = this.restApi(restApiId);
    api.putStage(stage);
    const entry = this.#apis.get(restApiId);
    const server =
      entry?.server ??
      (await this.#serve("restApi", address, MAX_REST_REQUEST_BYTES, (request) =>
        restApiHandler(api, request, { ...this.#options, usagePlans: this.usagePlans }),
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

  #serve(
    via: RequestReport["via"],
    address: string,
    maxBytes: number,
    handle: (request: HttpRequest) => Promise<Handled>,
  ): Promise<Listening> {
    const { ready, onRequest, log, allowedHosts, ownOriginsOnly } = this.#options;
    return serve(address, {
      name: via === "restApi" ? "apigateway" : "function URL",
      log,
      allowedHosts,
      ownOriginsOnly,
      fault: FAULT,
      reject: (error) => error.toJson("message"),
      handle: async (incoming, message) => {
        const { body, tooLarge } = await message.read(maxBytes);
        // Spread last: V8 takes ten times as long for an object that begins with a spread.
        const request = { body, tooLarge, ...incoming };
        const started = performance.now();
        await ready?.();
        let handled: Handled | undefined;
        try {
          handled = await handle(request);
          return handled.response;
        } finally {
          onRequest?.({
            via,
            method: request.method,
            path: request.rawPath,
            status: handled?.response.status ?? FAULT.status,
            durationMs: performance.now() - started,
            functionName: handled?.functionName,
            invocation: handled?.invocation,
          });
        }
      },
    });
  }
}
