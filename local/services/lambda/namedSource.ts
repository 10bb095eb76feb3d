import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Outcome } from "./outcome";

interface SourceMap {
  readonly sourceRoot?: string;
  readonly sources: readonly string[];
}

/**
 * Adds to a handler that was not found the source file that should export it, as a line of its stack: Lambda's own
 * words name the bundle only.
 *
 * @param handler  `file.export`, as the function declares it.
 */
export function withNamedSource(outcome: Outcome, taskRoot: string, handler: string): Outcome {
  if (outcome.status === "success" || outcome.error.errorType !== "Runtime.HandlerNotFound") return outcome;
  const [file = "", exported = ""] = handler.split(".");
  const source = sourceOf(path.join(taskRoot, `${file}.js`), `${file}.ts`);
  if (source === undefined) return outcome;
  const { errorType, errorMessage } = outcome.error;
  const trace = [
    `${errorType}: ${errorMessage}`,
    `    at ${source}:${exportLine(source, exported)}`,
    `Export it: \`export const ${exported} = …\`.`,
  ];
  return { ...outcome, error: { ...outcome.error, trace } };
}

/** The file of this name that a bundle was made from, by the source map that the bundle names. */
function sourceOf(bundle: string, name: string): string | undefined {
  try {
    const [, url = ""] = /\n\/\/# sourceMappingURL=(\S+)\s*$/.exec(fs.readFileSync(bundle, "utf8")) ?? [];
    const map = path.resolve(path.dirname(bundle), decodeURIComponent(url));
    const { sourceRoot = "", sources }: SourceMap = JSON.parse(fs.readFileSync(map, "utf8"));
    const source = sources.find(
      (each) => path.posix.basename(each) === name && !/(^|\/)(node_modules|\.paddock)\//.test(each),
    );
    return source && fileURLToPath(new URL(source, sourceRoot));
  } catch {
    // An archive that was built elsewhere names no map.
    return undefined;
  }
}

/** The line that exports something of this name, else the first that exports anything, else the first. */
function exportLine(file: string, name: string): number {
  const lines = fs.readFileSync(file, "utf8").split("\n");
  const exports = lines.map((line, index) => ({ line, number: index + 1 })).filter(isExport);
  const named = exports.find(({ line }) => line.split(/\W/).includes(name));
  return (named ?? exports[0])?.number ?? 1;
}

function isExport({ line }: { readonly line: string }): boolean {
  return /^\s*(export\b|module\.exports|exports\.)/.test(line);
}
