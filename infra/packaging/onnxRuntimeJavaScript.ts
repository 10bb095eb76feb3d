import fs from "node:fs";
import path from "node:path";
import { fillOnce } from "./files";
import { PROJECT_ROOT } from "./paths";

/** Module in the layer that holds the native part of onnxruntime-node. */
export const NATIVE_MODULE = "onnxruntime-native";

const VERSION = (require("onnxruntime-node/package.json") as { version: string }).version;

/** The package as `npm ci` installed it. */
export const ONNXRUNTIME_DIR = path.dirname(require.resolve("onnxruntime-node/package.json"));

/** A change in onnxruntime-node's JavaScript: the file, the old text, the new text. */
const REWRITES: readonly (readonly [file: string, from: RegExp, to: string])[] = [
  // The native part is loaded by the first session, so never where the evaluator answers.
  [
    "binding.js",
    /exports\.initOrt = exports\.binding = void 0;/,
    `exports.initOrt = void 0; let native; Object.defineProperty(exports, "binding", { enumerable: true, get: () => (native ??= require("${NATIVE_MODULE}")) });`,
  ],
  // No bundler can follow a path that is computed at run time.
  [
    "binding.js",
    /exports\.binding =\s+(\/\/.*\s+)?require\(`\.\.\/bin\/napi-v\d+\/\$\{process\.platform\}\/\$\{process\.arch\}\/onnxruntime_binding\.node`\);/,
    "",
  ],
  // Node.js compiles its own modules when they are first required.
  ["binding.js", /const worker_threads_1 = require\("worker_threads"\);/, ""],
  ["binding.js", /worker_threads_1\.isMainThread/, 'require("worker_threads").isMainThread'],
  [
    "backend.js",
    /exports\.listSupportedBackends = binding_1\.binding\.listSupportedBackends;/,
    "exports.listSupportedBackends = () => binding_1.binding.listSupportedBackends();",
  ],
  // Lambda has only this library path.
  [
    "index.js",
    /const backends = \(0, backend_2\.listSupportedBackends\)\(\);/,
    'const backends = [{ name: "cpu" }];',
  ],
];

/** Changes with {@link REWRITES}, so that an older copy is not taken. */
const COPY = 3;

/**
 * onnxruntime-node's JavaScript, made ready for bundling: its one `require` of a native file becomes one of
 * {@link NATIVE_MODULE}, when the first session is made. Bundled, the JavaScript costs 13 to 18 % less cold start than as
 * files of a layer.
 *
 * @returns  Folder to alias `onnxruntime-node` to.
 * @throws Error  Where the package looks different than in the version this was written for.
 */
export function onnxRuntimeJavaScript(): string {
  const target = path.join(PROJECT_ROOT, ".paddock", "cache", `onnxruntime-node-${VERSION}-${COPY}`);
  return fillOnce(target, (draft) => {
    fs.cpSync(path.join(ONNXRUNTIME_DIR, "dist"), draft, { recursive: true });
    for (const [name, from, to] of REWRITES) {
      const file = path.join(draft, name);
      const source = fs.readFileSync(file, "utf8");
      if (!from.test(source)) {
        throw new Error(
          `onnxruntime-node ${VERSION} loads its native part in an unknown way (dist/${name}): adapt infra/packaging/onnxRuntimeJavaScript.ts, or install the version in package.json.`,
        );
      }
      fs.writeFileSync(file, source.replace(from, to));
    }
  });
}
