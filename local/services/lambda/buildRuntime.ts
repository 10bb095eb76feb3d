import { hash } from "node:crypto";
import path from "node:path";
import { build } from "esbuild";
import { replaceFile } from "../../resources/files";

/**
 * Bundles `runtime/` to one plain JavaScript file and gives its folder, what `/var/runtime` is on Lambda. A function's
 * process loads nothing else before its handler.
 */
export async function buildRuntime(dataDir: string): Promise<string> {
  const result = await build({
    entryPoints: [path.join(__dirname, "runtime/index.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    minify: true,
    write: false,
    logLevel: "silent",
  });
  const code = result.outputFiles[0]?.contents ?? new Uint8Array();
  const folder = path.join(dataDir, "runtime", hash("sha256", code).slice(0, 16));
  replaceFile(path.join(folder, "index.js"), code);
  return folder;
}
