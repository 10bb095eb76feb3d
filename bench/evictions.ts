import { command, wholeNumber } from "@paddock/local/command";
import { ModelStore } from "../functions/shared/modelStore/modelStore";
import { MemorySource } from "../test/helpers/handlers/memorySource";
import { scale } from "../test/helpers/models/scale";
import { scaleModel } from "../test/helpers/models/scaleModel";

/**
 * Loads, runs and drops small models in a circle, so that every request evicts one, and prints the process's memory on
 * the way: it must not grow.
 */
const KEPT = 256;
const MODELS = 2 * KEPT;
const ROOM = 100 * 1024;
const STEPS = 10;

async function measure(evictions: number): Promise<void> {
  const source = new MemorySource();
  for (let i = 0; i < MODELS; i++) source.put(`m${i}`, scaleModel(i));
  const store = new ModelStore({ source, maxBytes: KEPT * ROOM, checkSeconds: 3600 });
  // Metrics go to standard output, one line an eviction.
  process.stdout.write = (() => true) as typeof process.stdout.write;

  for (let i = 0; i < KEPT; i++) await store.use(`m${i}`, {}, scale);
  process.stderr.write("evictions\tms each\trss MiB\theap MiB\tmodels\n");
  for (let step = 1; step <= STEPS; step++) {
    const started = performance.now();
    const count = Math.round(evictions / STEPS);
    for (let i = 0; i < count; i++) {
      const model = (KEPT + (step - 1) * count + i) % MODELS;
      const factor = await store.use(`m${model}`, {}, scale);
      if (factor !== model) throw new Error(`The model m${model} answers ${factor}`);
    }
    const { rss, heapUsed } = process.memoryUsage();
    const each = (performance.now() - started) / count;
    const row = [step * count, each.toFixed(2), mib(rss), mib(heapUsed), store.size.models];
    process.stderr.write(`${row.join("\t")}\n`);
  }
}

const mib = (bytes: number) => (bytes / 1024 ** 2).toFixed(0);

void command({
  usage: "tsx bench/evictions.ts [options]",
  about: "Prints a process's memory while every request evicts a model.",
  options: { evictions: wholeNumber([STEPS, 1e9], "models to evict", 100_000) },
  run: ({ evictions }) => measure(evictions),
});
