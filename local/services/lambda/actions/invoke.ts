import { AwsError } from "../../../http/awsError";
import {
  type HttpHeader,
  type HttpRequest,
  type HttpResponse,
  headerValue,
  parseQuery,
} from "../../../http/message";
import type { InvocationReport } from "../invocation";
import type { LambdaService } from "../lambdaService";
import { parseFunctionName } from "../parseFunctionName";

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export async function invoke(
  nameOrArn: string,
  request: HttpRequest,
  service: LambdaService,
): Promise<{ answer: HttpResponse; functionName: string; invocation?: InvocationReport }> {
  const qualifier = parseQuery(request.rawQuery).find(([name]) => name === "Qualifier")?.[1];
  const invocationType = headerValue(request.headers, "x-amz-invocation-type") ?? "RequestResponse";
  if (invocationType !== "RequestResponse" && invocationType !== "Event" && invocationType !== "DryRun") {
    const message = `"${invocationType}" is not an invocation type`;
    throw new AwsError("InvalidParameterValueException", 400, message);
  }
  if (request.tooLarge) {
    const message = "Request must be smaller than 6291456 bytes for the InvokeFunction operation";
    throw new AwsError("RequestEntityTooLargeException", 413, message);
  }
  checkJson(request.body);
  const clientContext = headerValue(request.headers, "x-amz-client-context");
  const result = await service.invoke(nameOrArn, qualifier, request.body, {
    invocationType,
    ...(clientContext && { clientContext: Buffer.from(clientContext, "base64").toString("utf8") }),
  });
  const headers: HttpHeader[] = [["X-Amz-Executed-Version", result.executedVersion]];
  if (result.payload.length > 0) headers.push(["Content-Type", "application/json"]);
  if (result.functionError) headers.push(["X-Amz-Function-Error", result.functionError]);
  if (headerValue(request.headers, "x-amz-log-type") === "Tail" && result.report) {
    headers.push(["X-Amz-Log-Result", Buffer.from(result.logTail).toString("base64")]);
  }
  return {
    answer: { status: result.statusCode, headers, body: result.payload },
    functionName: parseFunctionName(nameOrArn).functionName,
    ...(result.report && { invocation: result.report }),
  };
}

function checkJson(payload: Buffer): void {
  if (payload.length === 0) return;
  try {
    JSON.parse(payload.toString("utf8"));
  } catch (error) {
    throw new AwsError(
      "InvalidRequestContentException",
      400,
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
}
