import fs from "node:fs";
import path from "node:path";
import type { Benchmark } from "./benchmark";

const FOLDER = path.resolve(__dirname, "../suite");

/** The names of all benchmarks. */
export function suiteNames(): string[] {
  return fs
    .readdirSync(FOLDER)
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.basename(file, ".ts"))
    .sort();
}

export function loadBenchmark(name: string): Benchmark {
  return (require(path.join(FOLDER, name)) as { readonly benchmark: Benchmark }).benchmark;
}
