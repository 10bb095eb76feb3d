import { createRequire } from "node:module";

/** Finds the line that declares a resource; source maps make that slow. */
interface Located {
  readonly Resource: { callsites(): readonly object[] };
}

interface Debuggable {
  debuggablePromise(promise: Promise<unknown>, context: unknown): Promise<unknown>;
}

/**
 * Has Pulumi's SDK, which is loaded next, leave out work that no evaluation needs.
 *
 * @param keepsLines  Whether the lines that declare resources are asked for.
 */
export function lightenSdk(folder: string, keepsLines: boolean): void {
  const requireSdk = createRequire(`${folder}/package.json`);
  keepNoStacks(requireSdk("@pulumi/pulumi/runtime/debuggable") as Debuggable);
  if (!keepsLines) (requireSdk("@pulumi/pulumi/resource") as Located).Resource.callsites = () => [];
}

/** The SDK keeps the stack of every promise, to be printed with `PULUMI_DEBUG_PROMISE_LEAKS`; source maps make that slow. */
function keepNoStacks(debuggable: Debuggable): void {
  if (process.env.PULUMI_DEBUG_PROMISE_LEAKS) return;
  const { debuggablePromise } = debuggable;
  debuggable.debuggablePromise = (promise, context) => {
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    try {
      return debuggablePromise(promise, context);
    } finally {
      Error.stackTraceLimit = limit;
    }
  };
}
