import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { freePorts } from "../../test/helpers/cloud/freePorts";

const ROOT = path.resolve(__dirname, "../..");
const PROGRAM = [
  ...["Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.local.yaml", "index.ts", "infra", "functions"],
  ...["package.json", "package-lock.json", "tsconfig.json"],
];

/** Copies the project's program to a folder, without what earlier runs kept; packages and the local cloud are shared. */
export function copyProject(folder: string): string {
  for (const entry of PROGRAM)
    fs.cpSync(path.join(ROOT, entry), path.join(folder, entry), { recursive: true });
  for (const shared of ["node_modules", "local", "policy"])
    fs.symlinkSync(path.join(ROOT, shared), path.join(folder, shared), "junction");
  return folder;
}

/** `npm start` in a copy of the project. */
export class StartedProject {
  readonly #process: ChildProcess;
  readonly #output: string;

  private constructor(process: ChildProcess, output: string) {
    this.#process = process;
    this.#output = output;
  }

  /** Resolved when the stack is served. */
  static async start(folder: string): Promise<StartedProject> {
    const args = ["start", "--", "--port", String(await freePorts())];
    // A group of its own: npm's child ends with it.
    const started = spawn("npm", args, { cwd: folder, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    await new Promise<void>((resolve, reject) => {
      for (const stream of [started.stdout, started.stderr])
        stream.setEncoding("utf8").on("data", (text: string) => {
          output += text;
          if (output.includes("Serving the stack")) resolve();
        });
      started.once("close", () => reject(new Error(`npm start ended:\n${output}`)));
    });
    return new StartedProject(started, output);
  }

  /** An endpoint's function URL. */
  url(name: string): string {
    const [, url] = this.#output.match(new RegExp(`${name}Url +(http:\\S+)`)) ?? [];
    if (url === undefined) throw new Error(`npm start printed no address of ${name}.`);
    return url;
  }

  async close(): Promise<void> {
    const closed = once(this.#process, "close");
    if (this.#process.pid !== undefined) process.kill(-this.#process.pid, "SIGTERM");
    await closed;
  }
}
