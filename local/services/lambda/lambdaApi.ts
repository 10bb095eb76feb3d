import { AwsError } from "../../http/awsError";
import type { HttpRequest, HttpResponse } from "../../http/message";
import { type Listening, serve } from "../../http/serve";
import { invoke } from "./actions/invoke";
import type { LambdaService } from "./lambdaService";
import type { RequestReport } from "./requestReport";

/** More than any payload: one that is too large is rejected with its size, in Lambda's words. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

const FAULT = new AwsError("ServiceException", 500, "The local Lambda service failed; its log says why.");

export interface LambdaApiOptions {
  readonly service: LambdaService;
  onRequest(report: RequestReport): void;
  /** A line about a fault of the local cloud itself. */
  log(line: string): void;
}

/**
 * Lambda's own HTTP API, as far as calling a function needs it: `aws lambda invoke --endpoint-url <address>` and the
 * SDKs' `Invoke` work. Signatures are not asked for: whoever reaches 127.0.0.1 owns the local cloud.
 */
export function serveLambdaApi(
  address: string,
  { service, onRequest, log }: LambdaApiOptions,
): Promise<Listening> {
  return serve(address, {
    name: "lambda",
    log,
    fault: FAULT,
    reject: rejection,
    async handle(incoming, body, requestId) {
      const started = performance.now();
      const request = { ...incoming, ...(await body.read(MAX_BODY_BYTES)) };
      const report = (status: number, ran?: Pick<RequestReport, "functionName" | "invocation">) =>
        onRequest({
          via: "invoke",
          method: request.method,
          path: request.rawPath,
          status,
          durationMs: performance.now() - started,
          ...ran,
        });
      try {
        const { answer, ...ran } = await invoke(functionNameOf(request), request, service, requestId);
        report(answer.status, ran);
        return { ...answer, headers: [...answer.headers, ["x-amzn-RequestId", requestId]] };
      } catch (error) {
        report(error instanceof AwsError ? error.status : FAULT.status);
        throw error;
      }
    },
  });
}

function functionNameOf({ method, rawPath }: HttpRequest): string {
  const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(rawPath) ?? [];
  if (name === undefined || method !== "POST") {
    throw new AwsError("UnknownOperationException", 404, "The local Lambda API knows only Invoke");
  }
  try {
    return decodeURIComponent(name);
  } catch (cause) {
    throw new AwsError("ValidationException", 400, `The function name ${name} is not URL-encoded UTF-8`, {
      cause,
    });
  }
}

function rejection(error: AwsError, _request: unknown, requestId: string): HttpResponse {
  const details = { ...error.details, Type: error.status < 500 ? "User" : "Service" };
  return new AwsError(error.code, error.status, error.message, {
    details,
    headers: [["x-amzn-RequestId", requestId]],
  }).toJson("message");
}
