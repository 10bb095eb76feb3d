import fs from "node:fs";
import path from "node:path";
import { readFootprint } from "../footprint/footprint";
import { chart } from "./chart";
import { performancePage } from "./performancePage";
import { readResults } from "./results";
import { loadBenchmark, suiteNames } from "./suite";

const DOCS = path.resolve(__dirname, "../../docs");
const PAGE = "performance.md";
const CHARTS = "images/performance";

/** Makes docs/performance.md and its charts, by their places in docs/. */
export function performanceFiles(): Map<string, string> {
  const benchmarks = suiteNames().map(loadBenchmark);
  const results = readResults();
  const page = performancePage({ benchmarks, results, footprint: readFootprint() });
  const files = new Map([[PAGE, page]]);
  for (const benchmark of benchmarks) {
    const variants = results.benchmarks[benchmark.name]?.variants;
    if (variants !== undefined) files.set(`${CHARTS}/${benchmark.name}.svg`, chart(benchmark, variants));
  }
  return files;
}

export function writePerformancePage(): void {
  const files = performanceFiles();
  // Charts of benchmarks that are gone go with them.
  fs.rmSync(path.join(DOCS, CHARTS), { recursive: true, force: true });
  fs.mkdirSync(path.join(DOCS, CHARTS), { recursive: true });
  for (const [file, text] of files) fs.writeFileSync(path.join(DOCS, file), text);
}
