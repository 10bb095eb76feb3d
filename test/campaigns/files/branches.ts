import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import v8ToIstanbul from "v8-to-istanbul";

const ROOT = path.resolve(__dirname, "../../..");

/** The file that NODE_V8_COVERAGE has a process write: https://nodejs.org/api/cli.html#node_v8_coveragedir */
interface V8Coverage {
  readonly result: readonly { readonly url: string; readonly functions: never[] }[];
  readonly "source-map-cache"?: Readonly<
    Record<string, { readonly data: unknown; readonly lineLengths: readonly number[] }>
  >;
}

/** Branches of a source file. */
export interface Branches {
  /** From the project's root. */
  readonly file: string;
  readonly all: number;
  readonly reached: number;
  /** Lines of the others. */
  readonly missed: readonly number[];
}

/** Reads which branches of sources a process reached. @param folder  Its NODE_V8_COVERAGE. */
export async function readBranches(folder: string, sources: RegExp): Promise<Branches[]> {
  const found: Branches[] = [];
  for (const name of fs.readdirSync(folder)) {
    const coverage = JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) as V8Coverage;
    for (const { url, functions } of coverage.result) {
      if (!url.startsWith("file://")) continue;
      const file = path.relative(ROOT, fileURLToPath(url));
      const map = coverage["source-map-cache"]?.[url];
      if (!sources.test(file) || map === undefined) continue;
      // V8 counts in what tsx made of the source, of which the cache has the lengths of lines only.
      const source = map.lineLengths.map((length) => ".".repeat(length)).join("\n");
      const originalSource = fs.readFileSync(path.join(ROOT, file), "utf8");
      const converter = v8ToIstanbul(path.join(ROOT, file), 0, {
        source,
        originalSource,
        sourceMap: { sourcemap: map.data },
      } as never);
      await converter.load();
      converter.applyCoverage(functions);
      for (const { b, branchMap } of Object.values(converter.toIstanbul())) {
        const lineOf = (id: string) => branchMap[id]?.loc.start.line ?? 1;
        // What esbuild adds to every module is counted as the first line, which only imports.
        const all = Object.entries(b).filter(([id]) => lineOf(id) > 1);
        const missed = all.filter(([, [hits]]) => hits === 0).map(([id]) => lineOf(id));
        const lines = [...new Set(missed)].sort((a, b) => a - b);
        found.push({ file, all: all.length, reached: all.length - missed.length, missed: lines });
      }
    }
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}
