import { randomUUID } from "node:crypto";
import { type HttpAnswer, type HttpRequest, jsonAnswer } from "../../http/httpMessage";
import { type Listening, listen } from "../../http/listen";
import { invoke } from "./actions/invoke";
import { LambdaError } from "./lambdaError";
import type { LambdaService } from "./lambdaService";
import type { RequestReport } from "./requestReport";

/** More than any payload: one that is too large is refused with its size, in Lambda's words. */
const maxBodyBytes = 16 * 1024 * 1024;

/**
 * Lambda's own HTTP API, as far as calling a function needs it: `aws lambda invoke --endpoint-url <address>` and the
 * SDKs' `Invoke` work. Signatures are not asked for: whoever reaches 127.0.0.1 owns the local cloud.
 */
export function serveLambdaApi(
  address: string,
  service: LambdaService,
  onRequest?: (report: RequestReport) => void,
): Promise<Listening> {
  return listen(address, maxBodyBytes, async (request) => {
    const started = performance.now();
    const { answer, ...report } = await route(request, service);
    onRequest?.({
      via: "invoke",
      method: request.method,
      path: request.rawPath,
      status: answer.status,
      durationMs: performance.now() - started,
      ...report,
    });
    return answer;
  });
}

type Routed = { answer: HttpAnswer } & Pick<RequestReport, "functionName" | "invocation">;

async function route(request: HttpRequest, service: LambdaService): Promise<Routed> {
  const requestId = randomUUID();
  const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.rawPath) ?? [];
  try {
    if (name === undefined || request.method !== "POST") {
      throw new LambdaError("UnknownOperationException", 404, "The local Lambda API knows Invoke alone");
    }
    const { answer, ...report } = await invoke(decodeURIComponent(name), request, service);
    return {
      answer: { ...answer, headers: [...answer.headers, ["x-amzn-RequestId", requestId]] },
      ...report,
    };
  } catch (error) {
    return { answer: errorAnswer(error, requestId) };
  }
}

function errorAnswer(error: unknown, requestId: string): HttpAnswer {
  const known = error instanceof LambdaError;
  const { code, statusCode, message, reason } = known
    ? error
    : { code: "ServiceException", statusCode: 500, message: String(error), reason: undefined };
  const body = {
    ...(reason !== undefined && { Reason: reason }),
    Type: statusCode < 500 ? "User" : "Service",
    message,
  };
  return jsonAnswer(statusCode, body, [
    ["x-amzn-ErrorType", code],
    ["x-amzn-RequestId", requestId],
  ]);
}
