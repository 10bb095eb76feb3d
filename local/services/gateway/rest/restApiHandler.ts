import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { AwsError } from "../../../http/awsError";
import {
  type HttpHeader,
  type HttpRequest,
  type HttpResponse,
  headerValue,
  jsonResponse,
} from "../../../http/message";
import type { Caller } from "../../iam/accessKeys";
import type { InvocationReport } from "../../lambda/invocation";
import { newTraceId } from "../../lambda/newTraceId";
import { parseFunctionName } from "../../lambda/parseFunctionName";
import { requestTime } from "../requestParts";
import { accessLogLine } from "./accessLogLine";
import { authorizeMethod } from "./authorizeMethod";
import { compress, decompress } from "./contentCoding";
import {
  type GatewayResponseType,
  type GatewayWords,
  gatewayMessage,
  gatewayResponse,
} from "./gatewayResponse";
import { matchRoute, type RouteMatch, splitPath } from "./matchRoute";
import { mockResponse } from "./mockResponse";
import { payloadV1 } from "./payloadV1";
import { responseV1 } from "./responseV1";
import type { RestApi, ServedStage } from "./restApi";
import type { ProxyIntegration } from "./restApiDefinition";
import type { RestApiDependencies } from "./restApiDependencies";

/**
 * Request line and header values.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const MAX_HEAD_BYTES = 10_240;

/** One request on its way through a stage. */
interface RestRequest {
  readonly http: HttpRequest;
  readonly served: ServedStage;
  /** Behind the stage. */
  readonly path: string;
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly traceId: string;
  readonly time: Date;
  readonly dependencies: RestApiDependencies;
}

interface Handled {
  readonly response: HttpResponse;
  readonly match?: RouteMatch;
  readonly functionName?: string;
  readonly invocation?: InvocationReport;
  readonly caller?: Caller;
  /** Why the gateway itself rejected the request. */
  readonly errorMessage?: string;
}

/** Answers one request to a REST API as API Gateway does. */
export async function restApiHandler(
  api: RestApi,
  http: HttpRequest,
  dependencies: RestApiDependencies,
): Promise<Handled> {
  const started = performance.now();
  const requestId = randomUUID();
  const extendedRequestId = randomBytes(11).toString("base64");
  const own: HttpHeader[] = [
    ["x-amzn-RequestId", requestId],
    ["x-amz-apigw-id", extendedRequestId],
  ];
  const [, stageName, path] = /^\/+([^/]*)(.*)/s.exec(http.rawPath) ?? [];
  const served = stageName === undefined ? undefined : api.stage(stageName);
  if (!served || served.deployment.api.disableExecuteApiEndpoint) {
    const headers: HttpHeader[] = [["x-amzn-ErrorType", "ForbiddenException"], ...own];
    return { response: jsonResponse(403, { message: "Forbidden" }, headers) };
  }
  const traceId = newTraceId(headerValue(http.headers, "x-amzn-trace-id"));
  const request: RestRequest = {
    http,
    served,
    path: path === undefined || path === "" ? "/" : path,
    requestId,
    extendedRequestId,
    traceId,
    time: new Date(),
    dependencies,
  };
  const handled = await handleDecompressed(request);
  if (handled.invocation) own.push(["X-Amzn-Trace-Id", traceId]);
  const response = { ...handled.response, headers: [...handled.response.headers, ...own] };
  logAccess(request, { ...handled, response }, performance.now() - started);
  return { ...handled, response };
}

/** An API that compresses takes compressed requests, too. */
async function handleDecompressed(request: RestRequest): Promise<Handled> {
  const { minimumCompressionSize } = request.served.deployment.api;
  if (minimumCompressionSize === undefined) return handle(request);
  const http = decompress(request.http);
  if (http === undefined) return reject(request, "UNSUPPORTED_MEDIA_TYPE");
  const handled = await handle({ ...request, http });
  return { ...handled, response: compress(handled.response, http, minimumCompressionSize) };
}

async function handle(request: RestRequest): Promise<Handled> {
  const { http, served, dependencies } = request;
  const match = matchRoute(served.deployment.routes, request.path);
  const method = match && (match.route.methods.get(http.method) ?? match.route.methods.get("ANY"));
  if (!match || !method) return reject(request, "MISSING_AUTHENTICATION_TOKEN");
  if (headBytes(http) > MAX_HEAD_BYTES) return { match, ...reject(request, "REQUEST_HEAD_TOO_LARGE") };
  if (http.tooLarge) return { match, ...reject(request, "REQUEST_TOO_LARGE") };
  const path = `/${splitPath(request.path).join("/")}`;
  const authorized = await authorizeMethod(http, executeArn(request, path), {
    authorization: method.authorization,
    policy: served.deployment.policy,
    iam: dependencies.iam,
  });
  if ("type" in authorized) return { match, ...reject(request, authorized.type, authorized) };
  const { caller } = authorized;
  const handled = { match, ...(caller && { caller }) };
  const key = headerValue(http.headers, "x-api-key");
  const { api } = served.deployment;
  if (method.apiKeyRequired && !dependencies.usagePlans.allows(key, api.id, served.stage.stageName)) {
    return { ...handled, ...reject(request, "INVALID_API_KEY") };
  }
  const bucket = served.throttle(match.route, method.httpMethod);
  if (bucket && !bucket.take()) return { ...handled, ...reject(request, "THROTTLED") };
  const { integration } = method;
  if (integration?.type === "MOCK") {
    const response = mockResponse(integration, method);
    return { ...handled, ...(response ? { response } : reject(request, "API_CONFIGURATION_ERROR")) };
  }
  if (!integration) return { ...handled, ...reject(request, "API_CONFIGURATION_ERROR") };
  return { ...handled, ...(await invoke(request, match, integration, caller)) };
}

async function invoke(
  request: RestRequest,
  match: RouteMatch,
  integration: ProxyIntegration,
  caller: Caller | undefined,
): Promise<Handled> {
  const { http, served, dependencies } = request;
  const { functionName, qualifier } = parseFunctionName(integration.functionArn);
  const allowed =
    integration.withCredentials ||
    dependencies.lambda.authorize(functionName, qualifier, {
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      context: {
        // Path parameters are `*` in it.
        "aws:SourceArn": executeArn(request, match.route.path.replace(/\{[^{}]+\}/g, "*")),
        "aws:SourceAccount": dependencies.accountId,
      },
    }) === "allowed";
  if (!allowed) return { functionName, ...reject(request, "API_CONFIGURATION_ERROR") };
  await dependencies.ready?.(functionName);
  const event = payloadV1(http, { ...request, ...dependencies, match, ...(caller && { caller }) });
  const stop = new AbortController();
  const limit = wait(integration.timeoutMilliseconds, "timeout" as const, { signal: stop.signal }).catch(
    () => undefined,
  );
  try {
    const payload = Buffer.from(JSON.stringify(event));
    const work = dependencies.lambda.invoke(functionName, qualifier, payload, { traceId: request.traceId });
    const result = await Promise.race([work, limit]);
    // The function goes on, as on AWS; nobody hears what becomes of it.
    work.catch(() => {});
    if (!result || result === "timeout") return { functionName, ...reject(request, "INTEGRATION_TIMEOUT") };
    const { binaryMediaTypes } = served.deployment.api;
    const response = result.functionError
      ? undefined
      : responseV1(result.payload, headerValue(http.headers, "accept"), binaryMediaTypes);
    return {
      functionName,
      ...(response ? { response } : reject(request, "DEFAULT_5XX")),
      ...(result.report && { invocation: result.report }),
    };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const type = error.status === 413 ? "REQUEST_TOO_LARGE" : "API_CONFIGURATION_ERROR";
    return { functionName, ...reject(request, type) };
  } finally {
    stop.abort();
  }
}

function headBytes({ method, rawPath, rawQuery, protocol, headers }: HttpRequest): number {
  const line = `${method} ${rawPath}${rawQuery === "" ? "" : `?${rawQuery}`} ${protocol}`;
  // Node.js reads headers as Latin-1, a character a byte.
  return headers.reduce((bytes, [, value]) => bytes + value.length, line.length);
}

/** A path's method as policies name it. */
function executeArn({ http, served, dependencies }: RestRequest, path: string): string {
  const { stage, deployment } = served;
  return `arn:aws:execute-api:${dependencies.region}:${dependencies.accountId}:${deployment.api.id}/${stage.stageName}/${http.method}${path}`;
}

function reject(request: RestRequest, type: GatewayResponseType, words?: GatewayWords) {
  return {
    response: gatewayResponse(type, request.served.deployment.gatewayResponses, request, words),
    errorMessage: words?.message ?? gatewayMessage(type),
  };
}

function logAccess(request: RestRequest, handled: Handled, latencyMs: number): void {
  const { stage, deployment } = request.served;
  if (!stage.accessLog) return;
  const { http, dependencies } = request;
  const { destinationArn, format } = stage.accessLog;
  const line = accessLogLine(format, {
    accountId: dependencies.accountId,
    apiId: deployment.api.id,
    "error.message": handled.errorMessage,
    extendedRequestId: request.extendedRequestId,
    httpMethod: http.method,
    "identity.sourceIp": http.sourceIp,
    "identity.userAgent": headerValue(http.headers, "user-agent"),
    "identity.userArn": handled.caller?.userArn,
    "integration.latency": handled.invocation && Math.round(handled.invocation.durationMs),
    integrationLatency: handled.invocation && Math.round(handled.invocation.durationMs),
    path: `/${stage.stageName}${request.path}`,
    protocol: http.protocol,
    requestId: request.requestId,
    requestTime: requestTime(request.time),
    requestTimeEpoch: request.time.getTime(),
    resourcePath: handled.match?.route.path,
    responseLatency: Math.round(latencyMs),
    responseLength: handled.response.body.length,
    stage: stage.stageName,
    status: handled.response.status,
  });
  dependencies.onAccessLog({ destinationArn, line });
}
