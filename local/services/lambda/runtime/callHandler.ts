import type { HandlerContext } from "./handlerContext";

export type Handler = (event: unknown, context: HandlerContext, callback?: Callback) => unknown;

type Callback = (error?: unknown, result?: unknown) => void;

/**
 * Calls a handler as Lambda's runtimes up to Node.js 22 do: it may return a promise or call back. Without either the result
 * is null as soon as nothing is left to do.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html
 */
export function callHandler(handler: Handler, event: unknown, context: HandlerContext): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let onEmpty = () => resolve(null);
    const listener = () => onEmpty();
    const settle = (error: unknown, result: unknown) => {
      process.off("beforeExit", listener);
      if (error === undefined || error === null) resolve(result);
      else reject(error);
    };
    const callback: Callback = (error, result) => {
      if (context.callbackWaitsForEmptyEventLoop) onEmpty = () => settle(error, result);
      else settle(error, result);
    };
    const fail = (error: unknown) => settle(error ?? "handled", undefined);
    process.once("beforeExit", listener);
    Object.assign(context, { succeed: (result: unknown) => settle(undefined, result), fail, done: settle });
    try {
      const returned = handler(event, context, callback);
      if (isPromise(returned)) returned.then((result) => settle(undefined, result), fail);
    } catch (error) {
      fail(error);
    }
  });
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}
