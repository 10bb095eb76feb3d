/**
 * The program inside a function's process: the counterpart of `/var/runtime/index.mjs` on Lambda. Bundled by
 * `buildRuntime`, started with Lambda's variables, it loads the handler and speaks the Runtime API. It is on every cold
 * start's path, so it loads nothing but `node:net` and the handler.
 */
import { callHandler } from "./callHandler";
import { errorPayload } from "./errorPayload";
import { handlerContext } from "./handlerContext";
import { loadHandler } from "./loadHandler";
import { patchConsole } from "./patchConsole";
import { RuntimeClient } from "./runtimeClient";

const client = new RuntimeClient(process.env.AWS_LAMBDA_RUNTIME_API ?? "");
const log = patchConsole(process.env);
let faults: typeof import("./faults") | undefined;
/** The request id of the event that is worked on; none while the handler is loaded. */
let requestId: string | undefined;

/** Reports what nothing caught, then ends: Lambda's client exits with 128 in INIT and 129 in an invocation. */
async function fail(error: unknown): Promise<never> {
  log.error(requestId === undefined ? "Uncaught Exception" : "Invoke Error", error);
  if (!client.isWaiting) await post(errorPayload(error)).catch(() => {});
  process.exit(requestId === undefined ? 128 : 129);
}

function post(error: ReturnType<typeof errorPayload>): Promise<void> {
  return requestId === undefined ? client.postInitError(error) : client.postError(requestId, error);
}

process.on("uncaughtException", fail);
process.on("unhandledRejection", (reason) => {
  const error = new Error(String(reason), { cause: reason });
  error.name = "Runtime.UnhandledPromiseRejection";
  if (reason instanceof Error) error.stack = reason.stack;
  void fail(error);
});

async function main(): Promise<void> {
  const [, major = ""] = /nodejs(\d+)/.exec(process.env.AWS_EXECUTION_ENV ?? "") ?? [];
  const takesCallbacks = Number(major) < 24;
  const { LAMBDA_TASK_ROOT = "", _HANDLER = "" } = process.env;
  const handler = await loadHandler(LAMBDA_TASK_ROOT, _HANDLER, takesCallbacks);
  for (;;) {
    const invocation = await client.next();
    requestId = invocation.requestId;
    log.requestId = requestId;
    if (invocation.traceId !== undefined) process.env._X_AMZN_TRACE_ID = invocation.traceId;
    if (invocation.faults !== undefined) faults ??= require(`${__dirname}/faults.js`);
    faults?.begin(invocation.faults === undefined ? undefined : JSON.parse(invocation.faults));
    let response: string;
    try {
      const context = handlerContext(invocation, process.env);
      const event = JSON.parse(invocation.event);
      const result = takesCallbacks
        ? await callHandler(handler, event, context)
        : await handler(event, context);
      response = stringify(result);
      await faults?.end();
    } catch (error) {
      log.error("Invoke Error", error);
      await client.postError(requestId, errorPayload(error));
      continue;
    }
    await client.postResponse(requestId, response);
  }
}

function stringify(result: unknown): string {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? "null";
  } catch (cause) {
    throw new Error("Unable to stringify response body", { cause });
  }
}

main().catch(fail);
