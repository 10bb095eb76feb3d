import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { readRunningCloud } from "@paddock/local/running";
import { freePorts } from "./freePorts";

const COMMAND = path.resolve(__dirname, "../../../bin/local.ts");
const TSX = pathToFileURL(require.resolve("tsx")).href;

/** `npm run local` for a suite, in a process that can be killed. */
export class CloudProcess {
  readonly dataDir: string;
  #port: number | undefined;
  #process: ChildProcess | undefined;
  readonly #folder: string;

  /** To be made in `describe`. @param folder  The program's. */
  constructor(folder: string) {
    this.#folder = folder;
    this.dataDir = path.join(folder, ".paddock", "local");
    before(() => this.start());
    after(() => this.end("SIGTERM"));
  }

  get providerPort(): number {
    return readRunningCloud(this.dataDir)?.providerPort ?? 0;
  }

  /** `type name` of all live and pending resources, as its file says. */
  get live(): readonly string[] {
    const saved = fs.readFileSync(path.join(this.dataDir, "resources.json"), "utf8");
    return (JSON.parse(saved) as { type: string; name: string }[])
      .map(({ type, name }) => `${type} ${name}`)
      .sort();
  }

  /** @returns  What it printed until it was ready. */
  async start(): Promise<string> {
    this.#port ??= await freePorts();
    const args = ["--import", TSX, COMMAND, "--port", String(this.#port)];
    const child = spawn(process.execPath, args, { cwd: this.#folder, stdio: ["ignore", "pipe", "pipe"] });
    this.#process = child;
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
    while (!printed.includes("The local cloud runs")) {
      await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
      if (child.exitCode !== null) throw new Error(`The local cloud ended: ${printed}`);
    }
    return printed;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, "exit");
  }
}
