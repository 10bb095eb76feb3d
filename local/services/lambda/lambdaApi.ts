import { AwsError } from "../../http/awsError";
import type { Reach } from "../../http/checkHost";
import type { HttpRequest, HttpResponse } from "../../http/message";
import type { Front } from "../../http/serve";
import type { Action, ActionServices, LambdaCall } from "./actions/action";
import { authenticate, authorize, qualifierIn } from "./actions/authorizeCall";
import { checkTarget } from "./actions/checkTarget";
import { invoke } from "./actions/invoke";
import { nameCall } from "./actions/nameCall";
import {
  getFunction,
  getFunctionConfiguration,
  getFunctionUrlConfig,
  listAliases,
  listFunctions,
} from "./actions/reads";
import { deleteVersion, getAlias, listVersionsByFunction, updateAlias } from "./actions/versions";
import type { InvocationReport } from "./invocation";
import { eventReport, type RequestReport } from "./requestReport";

/** More than any payload: one that is too large is rejected with its size, in Lambda's words. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

const FAULT = new AwsError("ServiceException", 500, "The local Lambda service failed; its log says why.");

export interface LambdaApiOptions extends ActionServices, Reach {
  onRequest(report: RequestReport): void;
  /** A line about a fault of the local cloud itself. */
  log(line: string): void;
}

/** All actions of Lambda's API that are served. */
export const ACTIONS: readonly Action[] = [
  {
    name: "lambda:InvokeFunction",
    method: "POST",
    path: /^\/2015-03-31\/functions\/([^/]+)\/invocations$/,
    run: invoke,
  },
  { name: "lambda:ListFunctions", method: "GET", path: /^\/2015-03-31\/functions\/?$/, run: listFunctions },
  { name: "lambda:GetFunction", method: "GET", path: /^\/2015-03-31\/functions\/([^/]+)$/, run: getFunction },
  {
    name: "lambda:GetFunctionConfiguration",
    method: "GET",
    path: /^\/2015-03-31\/functions\/([^/]+)\/configuration$/,
    run: getFunctionConfiguration,
  },
  {
    name: "lambda:ListAliases",
    method: "GET",
    path: /^\/2015-03-31\/functions\/([^/]+)\/aliases$/,
    run: listAliases,
  },
  {
    name: "lambda:GetAlias",
    method: "GET",
    path: /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)$/,
    run: getAlias,
  },
  {
    name: "lambda:UpdateAlias",
    method: "PUT",
    path: /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)$/,
    run: updateAlias,
  },
  {
    name: "lambda:ListVersionsByFunction",
    method: "GET",
    path: /^\/2015-03-31\/functions\/([^/]+)\/versions$/,
    run: listVersionsByFunction,
  },
  {
    name: "lambda:DeleteFunction",
    method: "DELETE",
    path: /^\/2015-03-31\/functions\/([^/]+)$/,
    run: deleteVersion,
  },
  {
    name: "lambda:GetFunctionUrlConfig",
    method: "GET",
    path: /^\/2021-10-31\/functions\/([^/]+)\/url$/,
    ofAlias: true,
    run: getFunctionUrlConfig,
  },
];

/**
 * Lambda's own HTTP API, as far as functions are called and looked at: `aws lambda invoke --endpoint-url <address>` and the
 * SDKs work. Every request is signed, as on AWS: a page in a browser or a stray process runs nothing.
 */
export function lambdaFront(options: LambdaApiOptions): Front {
  const { onRequest, log, allowedHosts, ownOriginsOnly } = options;
  return {
    name: "lambda",
    log,
    allowedHosts,
    ownOriginsOnly,
    fault: FAULT,
    reject: rejection,
    async handle(incoming, body, requestId) {
      const started = performance.now();
      const request = { ...incoming, ...(await body.read(MAX_BODY_BYTES)) };
      let named: Pick<RequestReport, "method" | "path"> = { method: request.method, path: request.rawPath };
      const report = (ran: Pick<RequestReport, "status" | "functionName" | "invocation">) =>
        onRequest({ via: "invoke", ...named, durationMs: performance.now() - started, ...ran });
      try {
        const caller = await authenticate(request, options.callers);
        const { action, nameOrArn, name } = actionOf(request);
        checkTarget(action, nameOrArn, qualifierIn(request));
        named = nameCall(action.name, nameOrArn, request);
        authorize(caller, action.name, nameOrArn, request, options);
        const onRun = (invocation: InvocationReport) =>
          onRequest(eventReport(invocation, { via: "invoke", ...named }));
        const { response, ...ran } = await action.run(
          { request, requestId, nameOrArn, name, onRun },
          options,
        );
        report({ status: response.status, ...ran });
        return { ...response, headers: [...response.headers, ["x-amzn-RequestId", requestId]] };
      } catch (error) {
        report({ status: error instanceof AwsError ? error.status : FAULT.status });
        throw error;
      }
    },
  };
}

function actionOf({
  method,
  rawPath,
}: HttpRequest): Pick<LambdaCall, "name" | "nameOrArn"> & { action: Action } {
  for (const action of ACTIONS) {
    const match = action.method === method ? action.path.exec(rawPath) : null;
    if (match) return { action, nameOrArn: decode(match[1] ?? ""), name: match[2] && decode(match[2]) };
  }
  const names = ACTIONS.map(({ name }) => name.slice("lambda:".length)).join(", ");
  throw new AwsError("UnknownOperationException", 404, `The local Lambda API knows only ${names}`);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new AwsError("ValidationException", 400, `The function name ${segment} is not URL-encoded UTF-8`, {
      cause,
    });
  }
}

/** Only a `ResourceNotFoundException` has its message as `Message`, as recorded. */
function rejection(error: AwsError, _request: unknown, requestId: string): HttpResponse {
  const details = { ...error.details, Type: error.status < 500 ? "User" : "Service" };
  return new AwsError(error.code, error.status, error.message, {
    details,
    headers: [["x-amzn-RequestId", requestId]],
  }).toJson(error.code === "ResourceNotFoundException" ? "Message" : "message");
}
