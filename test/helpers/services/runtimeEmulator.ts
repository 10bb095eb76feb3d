import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { eventually } from "../time/eventually";

const ROOT = path.resolve(__dirname, "../../..");
const MODULE = path.join(ROOT, "test/local/services/lambda/emulator");
const COMMAND = path.join(ROOT, ".paddock", "clients", "aws-lambda-rie");

/** Builds AWS's runtime interface emulator from its Go module; seconds the first time. */
export function buildEmulator(): void {
  fs.mkdirSync(path.dirname(COMMAND), { recursive: true });
  const command = "github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie";
  execFileSync("go", ["build", "-o", COMMAND, command], {
    cwd: MODULE,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

interface EmulatorOptions {
  /** Folder that is `/var/task` on Lambda. */
  readonly task: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly timeout: number;
  /** For the emulator, and the next one for its Runtime API. */
  readonly port: number;
  /** The folder of the bundled runtime. */
  readonly runtime: string;
  /** Temporary. */
  readonly folder: string;
}

/** A function under AWS's runtime interface emulator, in a process that this project's runtime runs in. */
export class RuntimeEmulator {
  readonly #process: ChildProcess;
  readonly #address: string;

  private constructor(running: ChildProcess, address: string) {
    this.#process = running;
    this.#address = address;
  }

  static start({ task, env, timeout, port, runtime, folder }: EmulatorOptions): RuntimeEmulator {
    const bootstrap = path.join(folder, "bootstrap");
    fs.writeFileSync(
      bootstrap,
      `#!/bin/sh\ncd "$LAMBDA_TASK_ROOT" && exec ${process.execPath} ${runtime}/index.js\n`,
      { mode: 0o755 },
    );
    const address = `127.0.0.1:${port}`;
    const running = spawn(
      COMMAND,
      [
        ...["--log-level", "fatal", "--runtime-interface-emulator-address", address],
        ...["--runtime-api-address", `127.0.0.1:${port + 1}`, bootstrap, "index.handler"],
      ],
      {
        env: {
          PATH: process.env.PATH,
          AWS_LAMBDA_FUNCTION_NAME: "emulated",
          AWS_LAMBDA_FUNCTION_TIMEOUT: String(timeout),
          AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
          LAMBDA_TASK_ROOT: task,
          ...env,
        },
        stdio: "ignore",
      },
    );
    return new RuntimeEmulator(running, address);
  }

  /** Invokes the function, which the first request starts; gives the payload, parsed if it is JSON. */
  async call(event: unknown, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
    const url = `http://${this.#address}/2015-03-31/functions/function/invocations`;
    // Until it listens.
    const text = await eventually(async () =>
      (await fetch(url, { method: "POST", body: JSON.stringify(event), headers })).text(),
    );
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }

  async close(): Promise<void> {
    this.#process.kill("SIGKILL");
    if (this.#process.exitCode === null && this.#process.signalCode === null)
      await once(this.#process, "exit");
  }
}
