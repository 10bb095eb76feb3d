import fs from "node:fs";
import path from "node:path";
import { PROJECT_ROOT } from "./paths";

/** Module in the layer that holds the native part of onnxruntime-node. */
export const NATIVE_MODULE = "onnxruntime-native";

const VERSION = (require("onnxruntime-node/package.json") as { version: string }).version;

/** The package as `npm ci` installed it. */
export const ONNXRUNTIME_DIR = path.dirname(require.resolve("onnxruntime-node/package.json"));

/**
 * onnxruntime-node's JavaScript, made ready for bundling: its one `require` of a native file, whose path is
 * computed at run time so that no bundler can follow it, becomes a `require` of {@link NATIVE_MODULE}.
 * Bundled, the JavaScript costs 13 to 18 % less cold start than as files of a layer.
 *
 * @returns  Folder to alias `onnxruntime-node` to.
 * @throws Error  Where the package looks different than in the version this was written for.
 */
export function onnxRuntimeJavaScript(): string {
  const target = path.join(PROJECT_ROOT, ".paddock", "cache", `onnxruntime-node-${VERSION}`);
  if (fs.existsSync(target)) return target;

  const binding = fs.readFileSync(path.join(ONNXRUNTIME_DIR, "dist", "binding.js"), "utf8");
  const nativeRequire =
    /require\(`\.\.\/bin\/napi-v\d+\/\$\{process\.platform\}\/\$\{process\.arch\}\/onnxruntime_binding\.node`\)/;
  if (!nativeRequire.test(binding)) {
    throw new Error(
      `onnxruntime-node ${VERSION} loads its native part in an unknown way (dist/binding.js): adapt infra/packaging/onnxRuntimeJavaScript.ts, or install the version in package.json.`,
    );
  }
  const draft = `${target}.${process.pid}`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.cpSync(path.join(ONNXRUNTIME_DIR, "dist"), draft, { recursive: true });
  fs.writeFileSync(
    path.join(draft, "binding.js"),
    binding.replace(nativeRequire, `require("${NATIVE_MODULE}")`),
  );
  try {
    fs.renameSync(draft, target);
  } catch (error) {
    // Another evaluation was first: its copy is the same.
    fs.rmSync(draft, { recursive: true, force: true });
    if (!fs.existsSync(target)) throw error;
  }
  return target;
}
