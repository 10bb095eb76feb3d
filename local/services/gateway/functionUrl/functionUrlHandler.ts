import { randomUUID } from "node:crypto";
import { AwsError } from "../../../http/awsError";
import {
  type HttpHeader,
  type HttpRequest,
  type HttpResponse,
  headerValue,
  jsonResponse,
} from "../../../http/message";
import type { InvocationReport } from "../../lambda/invocation";
import type { LambdaService } from "../../lambda/lambdaService";
import { newTraceId } from "../../lambda/newTraceId";
import type { Callers } from "../callers";
import { authorizeUrl } from "./authorizeUrl";
import { corsHeaders, preflight } from "./corsHeaders";
import type { FunctionUrlConfig } from "./functionUrlConfig";
import { payloadV2 } from "./payloadV2";
import { responseV2 } from "./responseV2";

export interface FunctionUrlDependencies {
  readonly lambda: LambdaService;
  readonly region: string;
  readonly iam: Callers;
}

/** Answers one request to a function URL as the service does. */
export async function functionUrlHandler(
  config: FunctionUrlConfig,
  request: HttpRequest,
  dependencies: FunctionUrlDependencies,
): Promise<{ response: HttpResponse; invocation?: InvocationReport }> {
  const requestId = randomUUID();
  const early = preflight(request, config.cors);
  if (early) return { response: withHeaders(early, [["x-amzn-requestid", requestId]]) };
  const traceId = newTraceId(headerValue(request.headers, "x-amzn-trace-id"));
  const { response, invocation } = await respondToRequest(config, request, dependencies, requestId, traceId);
  const own: HttpHeader[] = [
    ["x-amzn-requestid", requestId],
    ["x-amzn-trace-id", traceId],
    ...corsHeaders(request, config.cors),
  ];
  return { response: withHeaders(response, own), ...(invocation && { invocation }) };
}

async function respondToRequest(
  config: FunctionUrlConfig,
  request: HttpRequest,
  dependencies: FunctionUrlDependencies,
  requestId: string,
  traceId: string,
): Promise<{ response: HttpResponse; invocation?: InvocationReport }> {
  // Before the signature, which covers a body that is not here.
  if (request.tooLarge)
    return { response: rejection(413, "Request Entity Too Large", "RequestTooLargeException") };
  const authorized = await authorizeUrl(config, request, dependencies);
  if ("rejection" in authorized) return { response: authorized.rejection };
  const event = payloadV2(request, {
    urlId: config.urlId,
    region: dependencies.region,
    requestId,
    traceId,
    time: new Date(),
    caller: authorized.caller,
  });
  try {
    const result = await dependencies.lambda.invoke(
      config.functionName,
      config.qualifier,
      Buffer.from(JSON.stringify(event)),
      // One id in the response, the event, the function's context and its log.
      { traceId, requestId },
    );
    const response = result.functionError ? undefined : responseV2(result.payload);
    return {
      response: response ?? internalServerError(),
      ...(result.report && { invocation: result.report }),
    };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.status === 429) return { response: rejection(429, "Rate Exceeded.", error.code) };
    if (error.status === 413) return { response: rejection(413, "Request Entity Too Large", error.code) };
    return { response: internalServerError() };
  }
}

function rejection(status: number, message: string, code: string): HttpResponse {
  return jsonResponse(status, { Message: message }, [["x-amzn-errortype", code]]);
}

/** An exception, a timeout, a crash or a response without sense: the caller learns no more than this. */
function internalServerError(): HttpResponse {
  return jsonResponse(502, "Internal Server Error");
}

function withHeaders({ status, headers, body }: HttpResponse, more: readonly HttpHeader[]): HttpResponse {
  return { status, headers: [...headers, ...more], body };
}
