import { corsHeaders } from "./corsHeaders";
import { HttpError } from "./errors";
import { type Answer, type LambdaContext, type Request, readEvent, writeAnswer } from "./events";
import { json } from "./json";
import { log } from "./log";

interface HandlerOptions {
  /** Name of the endpoint: its folder, its resource on the REST API, the `endpoint` of its log lines. */
  readonly name: string;
  /** Answers a request; what it throws becomes the answer, an {@link HttpError} with its own status, all else 500. */
  respond(request: Request): Promise<Answer> | Answer;
  /** Answer of a refusal, unforeseen errors included. Default: `{message, errors?}`, and `requestId` for a 500. */
  refuse?(error: HttpError, request: Request): Answer;
  /** What a direct invocation returns. Default: `{statusCode, body}`. */
  writeDirect?(answer: Answer): unknown;
}

/** AWS's handler: an event of any form in, an answer in the same form out, one log line a request, never a throw. */
export function createHandler(options: HandlerOptions) {
  const { name, respond, refuse = refusal, writeDirect } = options;

  // Two parameters: newer Node.js runtimes of Lambda refuse handlers that take a callback.
  return async (event: unknown, context?: LambdaContext): Promise<unknown> => {
    const started = performance.now();
    const request = readEvent(event, context, name);
    let answer: Answer;
    let failure: unknown;
    try {
      answer = await respond(request);
    } catch (error) {
      failure = error;
      const refused = error instanceof HttpError ? error : new HttpError(500, "Internal error");
      const { headers, ...rest } = refuse(refused, request);
      answer = { ...rest, headers: { ...headers, ...refused.headers } };
    }
    log(answer.status >= 500 ? "error" : "info", {
      requestId: request.requestId,
      endpoint: name,
      form: request.form,
      method: request.method,
      path: request.path,
      status: answer.status,
      ms: Math.round((performance.now() - started) * 1000) / 1000,
      ...request.fields,
      ...(failure === undefined ? {} : described(failure)),
    });
    if (request.form === "direct" && writeDirect) return writeDirect(answer);
    return writeAnswer({ ...answer, headers: { ...answer.headers, ...corsHeaders(request) } }, request);
  };
}

function refusal({ status, message, errors }: HttpError, { requestId }: Request): Answer {
  return json(status, { message, errors, ...(status === 500 && { requestId }) });
}

/** A refusal by its message and cause alone: its stack is ours, and tells nothing. */
function described(failure: unknown): Record<string, unknown> {
  const refused = failure instanceof HttpError && failure.status < 500;
  return refused ? { error: failure.message, cause: failure.cause } : { error: failure };
}
