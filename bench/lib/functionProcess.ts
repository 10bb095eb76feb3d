import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { RuntimeApi } from "./runtimeApi";

/** How a function's process is started: its Runtime API goes into `environment`. */
export interface FunctionCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Takes what the process writes, log lines of requests among it; Lambda has a pipe for them. */
  readonly logFile: string;
}

export interface FunctionProcess {
  readonly pid: number;
  /** Sends an event (JSON), and waits for the result of the handler. */
  invoke(event: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts a function's process with a Runtime API of its own. */
export async function startFunction(command: FunctionCommand): Promise<FunctionProcess> {
  const api = await RuntimeApi.listen();
  const log = fs.openSync(command.logFile, "a");
  const child = spawn(command.file, command.args, {
    env: { ...command.environment, AWS_LAMBDA_RUNTIME_API: api.address },
    stdio: ["ignore", log, log],
  });
  fs.closeSync(log);
  const ended = once(child, "exit");
  child.on("error", (error) => api.fail(error));
  child.on("exit", (code) => api.fail(new Error(`The function ended with ${code}: ${command.logFile}`)));
  return {
    pid: child.pid ?? 0,
    invoke: (event) => api.invoke(event),
    async close() {
      child.kill("SIGKILL");
      await ended;
      api.close();
    },
  };
}
