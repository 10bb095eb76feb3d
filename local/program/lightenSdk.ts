import Module, { createRequire } from "node:module";

/**
 * Modules that packages of Pulumi's load at their start, and few programs use: those of the SDK for functions that a
 * program serializes and for programs that run other programs, and the components of awsx before 1.0 with their client of
 * ECS. A third of a small evaluation.
 */
const RARELY_USED: readonly (readonly [importer: RegExp, requests: readonly string[]])[] = [
  [/[\\/]@pulumi[\\/]pulumi[\\/]/, ["typescript", "@npmcli/arborist", "./automation"]],
  [/[\\/]@pulumi[\\/]awsx[\\/]index\.js$/, ["./classic"]],
];

interface Loader {
  _load(request: string, parent: { readonly filename?: string } | undefined, isMain: boolean): unknown;
}

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
  const loader = Module as unknown as Loader;
  const load = loader._load;
  loader._load = (request, parent, isMain) => {
    const { filename = "" } = parent ?? {};
    const isRarelyUsed = RARELY_USED.some(
      ([importer, requests]) => requests.includes(request) && importer.test(filename),
    );
    if (!isRarelyUsed) return load.call(Module, request, parent, isMain);
    // The SDK has a TypeScript of its own where none is installed.
    createRequire(filename).resolve(request);
    return onFirstUse(() => load.call(Module, request, parent, isMain) as object);
  };
  const requireSdk = createRequire(`${folder}/package.json`);
  keepNoStacks(requireSdk("@pulumi/pulumi/runtime/debuggable") as Debuggable);
  if (!keepsLines) (requireSdk("@pulumi/pulumi/resource") as Located).Resource.callsites = () => [];
}

function onFirstUse(load: () => object): object {
  let module: object | undefined;
  return new Proxy(
    {},
    {
      // The SDK's `import * as` copies every property of a module that is not ES's.
      get(_, name) {
        if (name === "__esModule") return true;
        module ??= load();
        return Reflect.get(module, name);
      },
    },
  );
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
