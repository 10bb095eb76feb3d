import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Measured } from "./benchmark";

/** Prepares what a variant does; each call of the result does it once and gives a sample. */
export type Job = () => Promise<() => Promise<number>>;

/** The jobs of a file of `bench/jobs/`, by the names of their variants. */
export type Jobs = Readonly<Record<string, Job>>;

/** A job that runs in a process of its own. */
export interface ForkedJob {
  /** File of `bench/jobs/` that exports `jobs`. */
  readonly file: string;
  readonly job: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const FOLDER = path.resolve(__dirname, "../jobs");

/**
 * Starts a job in a process of its own, which then has nothing compiled or loaded for another one.
 *
 * @param samples  Samples of a round.
 */
export async function startJob(
  { file, job, environment }: ForkedJob,
  samples: number,
): Promise<Required<Measured>> {
  const child = fork(path.join(FOLDER, `${file}.ts`), [job], {
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
    throw new Error(`The process of ${job} ended`);
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

/** Takes a sample of a job in a new process, prepared and not warm. */
export async function sampleOf(forked: ForkedJob): Promise<number> {
  const { round, close } = await startJob(forked, 1);
  try {
    await setTimeout(SETTLE_MS);
    return (await round())[0] ?? Number.NaN;
  } finally {
    await close();
  }
}

/** Serves the job that the command line names, in the process that {@link startJob} makes. */
export async function serveJob(jobs: Jobs): Promise<void> {
  const name = process.argv[2] ?? "";
  const job = jobs[name];
  if (job === undefined)
    throw new Error(`There is no job ${name}; there are ${Object.keys(jobs).join(", ")}`);
  const take = await job();
  process.on("disconnect", () => process.exit());
  process.on("message", async (samples: number) => {
    const taken: number[] = [];
    while (taken.length < samples) taken.push(await take());
    process.send?.(taken);
  });
  process.send?.([]);
}

/** Makes a job of what is timed, in ms. */
export function timed(run: () => Promise<unknown> | unknown): () => Promise<number> {
  return async () => {
    const started = performance.now();
    await run();
    return performance.now() - started;
  };
}
