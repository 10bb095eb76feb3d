import { hash } from "node:crypto";
import path from "node:path";
import { build } from "esbuild";
import { replaceFile } from "../../resources/files";

const ENTRIES = ["index", "faults"];

/**
 * Bundles `runtime/` to plain JavaScript and gives its folder, what `/var/runtime` is on Lambda. A function's process loads
 * `index.js` and nothing else before its handler; `faults.js` only when an event comes with one.
 */
export async function buildRuntime(dataDir: string): Promise<string> {
  const result = await build({
    entryPoints: ENTRIES.map((name) => path.join(__dirname, "runtime", `${name}.ts`)),
    outdir: dataDir,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    minify: true,
    write: false,
    logLevel: "silent",
  });
  const codes = result.outputFiles.map(({ contents }) => contents);
  const folder = path.join(dataDir, "runtime", hash("sha256", Buffer.concat(codes)).slice(0, 16));
  for (const file of result.outputFiles)
    replaceFile(path.join(folder, path.basename(file.path)), file.contents);
  return folder;
}
