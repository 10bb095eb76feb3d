import { createHash, randomBytes } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

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
  const folder = path.join(dataDir, "runtime", createHash("sha256").update(code).digest("hex").slice(0, 16));
  await mkdir(folder, { recursive: true });
  const temporary = path.join(folder, `${randomBytes(6).toString("hex")}.part`);
  await writeFile(temporary, code);
  await rename(temporary, path.join(folder, "index.js"));
  return folder;
}
