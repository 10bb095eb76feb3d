import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Measured } from "./benchmark";

/** Prepares what a variant does; each call of the result does it once and gives a sample. */
export type Work = () => Promise<() => Promise<number>>;

/** The works of a file of `bench/works/`, by the names of their variants. */
export type Works = Readonly<Record<string, Work>>;

/** A work that runs in a process of its own. */
export interface ForkedWork {
  /** File of `bench/works/` that exports `works`. */
  readonly file: string;
  readonly work: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const FOLDER = path.resolve(__dirname, "../works");

/**
 * Starts a work in a process of its own, which then has nothing compiled or loaded for another one.
 *
 * @param samples  Samples of a round.
 */
export async function startWork(
  { file, work, environment }: ForkedWork,
  samples: number,
): Promise<Required<Measured>> {
  const child = fork(path.join(FOLDER, `${file}.ts`), [work], {
    execArgv: ["--import", require.resolve("tsx")],
    env: {
      PATH: process.env.PATH,
      ORT_DISABLE_TELEMETRY: "1",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      ...environment,
    },
    // Log lines of requests.
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(() => {
    throw new Error(`The process of ${work} ended`);
  });
  ended.catch(() => {});
  const next = async () => {
    const [message] = (await Promise.race([once(child, "message"), ended])) as [readonly number[]];
    return message;
  };
  await next();
  return {
    round() {
      child.send(samples);
      return next();
    },
    async close() {
      child.kill("SIGKILL");
      await ended.catch(() => {});
    },
  };
}

/** ms after which tsx has tidied its cache, which it does in the background of a new process. */
const SETTLE_MS = 300;

/** Takes a sample of a work in a new process, prepared and not warm. */
export async function sampleOf(forked: ForkedWork): Promise<number> {
  const { round, close } = await startWork(forked, 1);
  try {
    await setTimeout(SETTLE_MS);
    return (await round())[0] ?? Number.NaN;
  } finally {
    await close();
  }
}

/** Serves the work that the command line names, in the process that {@link startWork} makes. */
export async function serveWork(works: Works): Promise<void> {
  const name = process.argv[2] ?? "";
  const work = works[name];
  if (work === undefined)
    throw new Error(`There is no work ${name}; there are ${Object.keys(works).join(", ")}`);
  const take = await work();
  process.on("disconnect", () => process.exit());
  process.on("message", async (samples: number) => {
    const taken: number[] = [];
    while (taken.length < samples) taken.push(await take());
    process.send?.(taken);
  });
  process.send?.([]);
}

/** Makes work of what is timed, in ms. */
export function timed(run: () => Promise<unknown> | unknown): () => Promise<number> {
  return async () => {
    const started = performance.now();
    await run();
    return performance.now() - started;
  };
}
