import fs from "node:fs";
import Module, { createRequire } from "node:module";

/**
 * Modules that packages of Pulumi's load at their start, and few programs use: those of the SDK for functions that a
 * program serializes, for programs that run other programs and for speaking to an engine, and the components of awsx before
 * 1.0 with their client of ECS. A third of a small evaluation.
 */
const RARELY_USED: readonly (readonly [importer: RegExp, requests: readonly string[]])[] = [
  [
    /[\\/]@pulumi[\\/]pulumi[\\/]/,
    [
      ...["typescript", "@npmcli/arborist", "normalize-package-data", "fdir", "./automation"],
      ...["@grpc/grpc-js", "@opentelemetry/api"],
      ...["callback", "engine", "provider", "resource"].map((service) => `../proto/${service}_grpc_pb`),
    ],
  ],
  [/[\\/]@pulumi[\\/]awsx[\\/]index\.js$/, ["./classic"]],
];

/** Packages that are CommonJS in JavaScript: most of what an evaluation loads. */
const PLAIN = /[\\/]node_modules[\\/](@pulumi|google-protobuf|semver)[\\/]/;

interface Loader {
  _load(request: string, parent: { readonly filename?: string } | undefined, isMain: boolean): unknown;
  readonly _extensions: Record<string, (module: Compiled, filename: string) => void>;
}

interface Compiled {
  _compile(code: string, filename: string): void;
}

const loader = Module as unknown as Loader;

// At once: imported first, by what imports the SDK.
loadOnFirstUse();
loadPlainly();

function loadOnFirstUse(): void {
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
        // A module that is a function is the default of an `import` of the SDK's.
        return Reflect.get(module, name) ?? (name === "default" ? module : undefined);
      },
    },
  );
}

/**
 * Spares what tsx and Node.js do with each file: one looks for what has to be transpiled, the other reads its source map,
 * which only the stacks of Pulumi's own code would need.
 */
function loadPlainly(): void {
  const load = loader._extensions[".js"];
  loader._extensions[".js"] = (module, filename) => {
    if (!PLAIN.test(filename)) return load?.(module, filename);
    const code = fs.readFileSync(filename, "utf8");
    module._compile(code.replace(/^\/\/# sourceMappingURL=.*$/m, ""), filename);
  };
}
