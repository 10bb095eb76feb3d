import { corsHeaders } from "./corsHeaders";
import { optional, readEnv } from "./env";
import { HttpError, PayloadTooLarge, ServiceUnavailable } from "./errors";
import { type LambdaContext, type Request, type Response, readEvent, writeResponse } from "./events";
import { json } from "./json";
import { type LogFields, log } from "./log";
import { embedded, takeMetrics } from "./metrics";
import { stopwatch } from "./stopwatch";

interface HandlerOptions {
  /** Name of the endpoint: its folder, its resource on the REST API, the `endpoint` of its log lines. */
  readonly name: string;
  /** Responds to a request. An {@link HttpError} becomes a response with its status, any other error 500. */
  respond(request: Request): Promise<Response> | Response;
  /** Writes an error, including unexpected ones. @default `{message, errors?}`, with `requestId` for a 500 */
  reject?(error: HttpError, request: Request): Response;
  /** Returns the result of a direct invocation. @default `{statusCode, body}` */
  writeDirect?(response: Response): unknown;
}

/** Lambda's limit on a response in bytes, which is JSON with the body as a string in it. */
const MAX_RESPONSE_BYTES = 6 * 1024 * 1024;

/**
 * Creates Lambda's handler: takes an event of any form, returns a response in the same form, writes one log line, never
 * throws.
 */
export function createHandler(options: HandlerOptions) {
  const writeLine = requestLog();
  // Two parameters: newer Node.js runtimes of Lambda reject handlers that take a callback.
  return async (event: unknown, context?: LambdaContext): Promise<unknown> => {
    const elapsed = stopwatch();
    try {
      return await handle(options, (fields) => writeLine(elapsed(), fields), event, context);
    } catch (error) {
      const requestId = context?.awsRequestId ?? crypto.randomUUID();
      writeLine(elapsed(), { requestId, endpoint: options.name, status: 500, error });
      return writeResponse(
        json(500, { message: "Internal error", requestId }),
        {},
        { form: "direct", requestId },
      );
    }
  };
}

type RequestFields = LogFields & { readonly status: number };

/**
 * Creates what writes the one line of a request. With `METRICS_NAMESPACE`, the line is CloudWatch's metrics, too: what the
 * handler counts and what was recorded since the last one.
 */
function requestLog(): (ms: number, fields: RequestFields) => void {
  const { METRICS_NAMESPACE, AWS_LAMBDA_INITIALIZATION_TYPE } = readEnv({
    METRICS_NAMESPACE: optional,
    AWS_LAMBDA_INITIALIZATION_TYPE: optional,
  });
  // An instance that was started ahead keeps nobody waiting.
  let coldStarts = AWS_LAMBDA_INITIALIZATION_TYPE === "provisioned-concurrency" ? 0 : 1;
  return (took, fields) => {
    const { status } = fields;
    const ms = Math.round(took * 1000) / 1000;
    const recorded = takeMetrics();
    const metrics =
      METRICS_NAMESPACE === undefined
        ? {}
        : embedded(METRICS_NAMESPACE, {
            Requests: 1,
            ClientErrors: status >= 400 && status < 500 ? 1 : 0,
            ServerErrors: status >= 500 ? 1 : 0,
            Latency: ms,
            ColdStarts: coldStarts,
            ...recorded,
          });
    coldStarts = 0;
    log(status >= 500 ? "error" : "info", { ms }, fields, metrics);
  };
}

async function handle(
  options: HandlerOptions,
  writeLine: (fields: RequestFields) => void,
  event: unknown,
  context?: LambdaContext,
): Promise<unknown> {
  const request = readEvent(event, context, options.name);
  let { response, failure } = await attempt(options, request);
  let written = write(options, response, request);
  if (isTooLarge(response, written)) {
    failure = new PayloadTooLarge(
      `The response has over ${MAX_RESPONSE_BYTES} bytes, the most that Lambda sends; ask for less at once`,
    );
    response = rejection(options, failure, request);
    written = write(options, response, request);
  }
  writeLine({
    requestId: request.requestId,
    endpoint: options.name,
    form: request.form,
    method: request.method.slice(0, 20),
    path: request.path.slice(0, 1_000),
    status: response.status,
    ...request.fields,
    ...(failure === undefined ? {} : described(failure)),
  });
  return written;
}

async function attempt(
  options: HandlerOptions,
  request: Request,
): Promise<{ response: Response; failure?: unknown }> {
  try {
    return { response: await options.respond(request) };
  } catch (failure) {
    return { response: rejection(options, failure, request), failure };
  }
}

function rejection({ reject = writeError }: HandlerOptions, failure: unknown, request: Request): Response {
  const error = httpErrorOf(failure);
  const { headers, ...rest } = reject(error, request);
  return { ...rest, headers: { ...headers, ...error.headers } };
}

function httpErrorOf(failure: unknown): HttpError {
  if (failure instanceof HttpError) return failure;
  // V8's message for an array that does not fit into memory.
  if (failure instanceof RangeError && /allocation failed|typed array length/.test(failure.message)) {
    return new ServiceUnavailable("The function's memory does not suffice for this request", {
      cause: failure,
    });
  }
  return new HttpError(500, "Internal error");
}

function writeError({ status, message, errors }: HttpError, { requestId }: Request): Response {
  return json(status, { message, errors, ...(status === 500 && { requestId }) });
}

function write({ writeDirect }: HandlerOptions, response: Response, request: Request): unknown {
  if (request.form === "direct" && writeDirect) return writeDirect(response);
  return writeResponse(response, corsHeaders(request), request);
}

/** A character of a body takes at most six bytes of JSON, so small bodies need not be measured. */
function isTooLarge({ body }: Response, written: unknown): boolean {
  return (
    body.length > MAX_RESPONSE_BYTES / 8 && Buffer.byteLength(JSON.stringify(written)) > MAX_RESPONSE_BYTES
  );
}

/** Describes a caller's mistake by message and cause only: its stack would only show this code. */
function described(failure: unknown): Record<string, unknown> {
  const isCallers = failure instanceof HttpError && failure.status < 500;
  return isCallers ? { error: failure.message, cause: failure.cause } : { error: failure };
}
