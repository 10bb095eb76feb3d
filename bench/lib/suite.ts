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

export async function loadBenchmark(name: string): Promise<Benchmark> {
  const { benchmark } = (await import(path.join(FOLDER, `${name}.ts`))) as { readonly benchmark: Benchmark };
  return benchmark;
}
