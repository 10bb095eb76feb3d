import { randomUUID } from "node:crypto";
import { type HttpAnswer, type HttpHeader, type HttpRequest, jsonAnswer } from "../../http/httpMessage";
import type { InvocationReport } from "../../lambda/invocation";
import { LambdaError } from "../../lambda/lambdaError";
import type { LambdaService } from "../../lambda/lambdaService";
import { newTraceId } from "../../lambda/newTraceId";

import type { Caller, VerifySignature } from "../verifySignature";
import { answerV2 } from "./answerV2";
import { corsHeaders, preflight } from "./corsHeaders";
import type { FunctionUrlConfig } from "./functionUrlConfig";
import { payloadV2 } from "./payloadV2";

export interface FunctionUrlSurroundings {
  readonly lambda: LambdaService;
  readonly region: string;
  readonly verifySignature?: VerifySignature;
}

const forbiddenBody =
  '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}';

/** Answers one request to a function URL as the service does. */
export async function functionUrlHandler(
  config: FunctionUrlConfig,
  request: HttpRequest,
  around: FunctionUrlSurroundings,
): Promise<{ answer: HttpAnswer; invocation?: InvocationReport }> {
  const requestId = randomUUID();
  const early = preflight(request, config.cors);
  if (early) return { answer: withHeaders(early, [["x-amzn-requestid", requestId]]) };
  const traceId = newTraceId();
  const { answer, invocation } = await answerRequest(config, request, around, requestId, traceId);
  const own: HttpHeader[] = [
    ["x-amzn-requestid", requestId],
    ["x-amzn-trace-id", traceId],
    ...corsHeaders(request, config.cors),
  ];
  return { answer: withHeaders(answer, own), ...(invocation && { invocation }) };
}

async function answerRequest(
  config: FunctionUrlConfig,
  request: HttpRequest,
  around: FunctionUrlSurroundings,
  requestId: string,
  traceId: string,
): Promise<{ answer: HttpAnswer; invocation?: InvocationReport }> {
  const caller = await authorize(config, request, around);
  if (caller === "forbidden") {
    return { answer: jsonAnswer(403, forbiddenBody, [["x-amzn-errortype", "AccessDeniedException"]]) };
  }
  if (request.tooLarge)
    return { answer: refusal(413, "Request Entity Too Large", "RequestTooLargeException") };
  const event = payloadV2(request, {
    urlId: config.urlId,
    region: around.region,
    requestId,
    traceId,
    time: new Date(),
    ...(caller !== "anonymous" && { caller }),
  });
  try {
    const result = await around.lambda.invoke(
      config.functionName,
      config.qualifier,
      Buffer.from(JSON.stringify(event)),
      { traceId },
    );
    const answer = result.functionError ? undefined : answerV2(result.payload);
    return { answer: answer ?? internalServerError(), ...(result.report && { invocation: result.report }) };
  } catch (error) {
    if (!(error instanceof LambdaError)) return { answer: internalServerError() };
    if (error.statusCode === 429) return { answer: refusal(429, "Rate Exceeded.", error.code) };
    if (error.statusCode === 413) return { answer: refusal(413, "Request Entity Too Large", error.code) };
    return { answer: internalServerError() };
  }
}

/** With `NONE`, the function's policy must let anyone in by both permissions, on the URL's own qualifier. */
async function authorize(
  config: FunctionUrlConfig,
  request: HttpRequest,
  { lambda, verifySignature }: FunctionUrlSurroundings,
): Promise<Caller | "anonymous" | "forbidden"> {
  const { functionName, qualifier, authorizationType } = config;
  if (authorizationType === "AWS_IAM") {
    const caller = await verifySignature?.(request, "lambda").catch(() => undefined);
    return caller ?? "forbidden";
  }
  const common = { principal: "*", qualifier, functionUrlAuthType: "NONE", invokedViaFunctionUrl: true };
  const allowed =
    lambda.isAllowed(functionName, { ...common, action: "lambda:InvokeFunctionUrl" }) &&
    lambda.isAllowed(functionName, { ...common, action: "lambda:InvokeFunction" });
  return allowed ? "anonymous" : "forbidden";
}

function refusal(status: number, message: string, code: string): HttpAnswer {
  return jsonAnswer(status, { Message: message }, [["x-amzn-errortype", code]]);
}

/** An exception, a timeout, a crash or an answer without sense: the caller learns no more than this. */
function internalServerError(): HttpAnswer {
  return jsonAnswer(502, "Internal Server Error");
}

function withHeaders(answer: HttpAnswer, headers: readonly HttpHeader[]): HttpAnswer {
  return { ...answer, headers: [...answer.headers, ...headers] };
}
