import { AwsError } from "../../../http/awsError";
import { type HttpHeader, type HttpRequest, headerValue } from "../../../http/message";
import { parseFunctionName } from "../parseFunctionName";
import { validationException } from "../violation";
import type { ActionResult, ActionServices, LambdaCall } from "./action";
import { qualifierIn } from "./authorizeCall";

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export async function invoke(
  { request, requestId, nameOrArn, onRun }: LambdaCall,
  { service }: ActionServices,
): Promise<ActionResult> {
  const qualifier = qualifierIn(request);
  const invocationType = invocationTypeIn(request);
  if (invocationType !== "RequestResponse" && invocationType !== "Event" && invocationType !== "DryRun") {
    const constraint = "satisfy enum value set: [Event, RequestResponse, DryRun]";
    throw validationException({ member: "invocationType", value: invocationType, constraint });
  }
  if (request.tooLarge) {
    const message = "Request must be smaller than 6291456 bytes for the InvokeFunction operation";
    throw new AwsError("RequestEntityTooLargeException", 413, message);
  }
  checkJson(request.body);
  const clientContext = headerValue(request.headers, "x-amz-client-context");
  const options = {
    requestId,
    ...(onRun && { onRun }),
    ...(clientContext && { clientContext: Buffer.from(clientContext, "base64").toString("utf8") }),
  };
  const { functionName } = parseFunctionName(nameOrArn);
  if (invocationType !== "RequestResponse") {
    const invokeBy = invocationType === "Event" ? service.invokeLater : service.dryRun;
    const { statusCode } = await invokeBy.call(service, nameOrArn, qualifier, request.body, options);
    // Without `X-Amz-Executed-Version`, as recorded.
    return { response: { status: statusCode, headers: [], body: Buffer.alloc(0) }, functionName };
  }
  const result = await service.invoke(nameOrArn, qualifier, request.body, options);
  const headers: HttpHeader[] = [
    ["X-Amz-Executed-Version", result.executedVersion],
    ["Content-Type", "application/json"],
  ];
  if (result.functionError) headers.push(["X-Amz-Function-Error", result.functionError]);
  if (headerValue(request.headers, "x-amz-log-type") === "Tail") {
    headers.push(["X-Amz-Log-Result", Buffer.from(result.logTail).toString("base64")]);
  }
  return {
    response: { status: result.statusCode, headers, body: result.payload },
    functionName,
    invocation: result.report,
  };
}

/** `RequestResponse`, `Event` or `DryRun`, or what else the caller wrote. */
export function invocationTypeIn({ headers }: HttpRequest): string {
  return headerValue(headers, "x-amz-invocation-type") ?? "RequestResponse";
}

/** @throws AwsError  A payload that is not JSON, or not UTF-8. */
function checkJson(payload: Buffer): void {
  if (payload.length === 0) return;
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch (error) {
    throw new AwsError(
      "InvalidRequestContentException",
      400,
      `Could not parse request body into json: Could not parse payload into json: ${(error as Error).message}`,
    );
  }
}
