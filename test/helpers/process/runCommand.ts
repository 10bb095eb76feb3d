import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../../..");

export interface RunningCommand {
  readonly process: ChildProcess;
  /** The output so far, of both streams. */
  output(): string;
  /** Waits until the output matches; throws when the command ends before. */
  printed(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Exit code; `null` after a signal. */
  readonly exit: Promise<number | null>;
}

/** Runs one of the project's commands, e.g. `local/cli/start.ts`, in `cwd`. A test that fails leaves none running. */
export function runCommand(
  file: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): RunningCommand {
  const child = spawn(
    process.execPath,
    ["--require", require.resolve("tsx/cjs"), path.join(ROOT, file), ...args],
    { cwd, env, stdio: ["ignore", "pipe", "pipe"] },
  );
  after(() => child.kill("SIGKILL"));
  let output = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      for (const listener of listeners) listener();
    });
  }
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    process: child,
    output: () => output,
    exit,
    printed: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = output.match(pattern);
          if (match === null) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        look();
        exit.then(() => reject(new Error(`ended before it printed ${pattern}:\n${output}`)));
      }),
  };
}
