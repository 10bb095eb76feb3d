import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { freePorts } from "../cloud/freePorts";
import { type RunningCommand, runCommand } from "../process/runCommand";

/** Makes equal what differs from run to run: times, durations, sizes and widths of columns. */
export function normalize(text: string): string {
  return text
    .replace(/\b\d+(\.\d+)? (s|ms|MB)\b/g, "N $2")
    .replace(/\b\d\d:\d\d:\d\d\b/g, "HH:MM:SS")
    .replace(/\binit \d+/g, "init N")
    .replace(/ +/g, " ");
}

/** Matches what a page shows; `…` stands for any text. */
export function patternOf(shown: string): RegExp {
  const parts = normalize(shown).split("…");
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[\\s\\S]*?"));
}

/** One `npm start`, as the pages show it: with the default ports. */
class Started {
  /** The part of its output that pages show; it grows with each request. */
  readonly shown: string[] = [];
  readonly #base: number;

  constructor(
    readonly command: RunningCommand,
    base: number,
  ) {
    this.#base = base;
  }

  get output(): string {
    return this.asShown(this.command.output());
  }

  /** Has the default ports in the place of this cloud's. */
  asShown(text: string): string {
    const port = (each: string) => {
      const distance = Number(each) - this.#base;
      return distance >= 0 && distance < 100 ? String(4100 + distance) : each;
    };
    return text.replace(/127\.0\.0\.1:(\d+)/g, (_, each) => `127.0.0.1:${port(each)}`);
  }

  withPorts(text: string): string {
    return text.replace(/127\.0\.0\.1:41(\d\d)/g, (_, port) => `127.0.0.1:${this.#base + Number(port)}`);
  }
}

/** A user's terminals: one for each way in which `npm start` is started, and one for all other commands. */
export class Terminals {
  readonly #clouds = new Map<string, Started>();
  #current: Started | undefined;
  #page = "";
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get clouds(): readonly Started[] {
    return [...this.#clouds.values()];
  }

  /** Runs a command of a page, which begins with the stack dev served, and checks what is shown of its output. */
  async run(page: string, text: string, shown: string | undefined): Promise<void> {
    if (page !== this.#page) this.#current = undefined;
    this.#page = page;
    const [isStart, options = ""] = text.match(/^(?:npm ci && )?npm start(?: -- (.*))?$/) ?? [];
    if (isStart || this.#current === undefined) this.#current = await this.#start(options);
    if (isStart) {
      if (shown !== undefined) this.#current.shown.push(shown);
      return;
    }
    const printed = await this.#bash(this.#current.withPorts(text));
    if (shown !== undefined) {
      assert.match(normalize(this.#current.asShown(printed)), patternOf(shown));
    }
  }

  async close(): Promise<void> {
    for (const { command } of this.clouds) {
      command.process.kill("SIGINT");
      await command.exit;
    }
  }

  async #start(options: string): Promise<Started> {
    const running = this.#clouds.get(options);
    if (running !== undefined) return running;
    const base = await freePorts();
    const args = [...options.split(" ").filter(Boolean), "--port", String(base)];
    const started = new Started(runCommand("local/cli/start.ts", args, this.#folder), base);
    this.#clouds.set(options, started);
    await started.command.printed(/Serving the stack/);
    return started;
  }

  /** Runs a command; what it exports, and sets, is there for the next one. */
  #bash(command: string): Promise<string> {
    const environment = path.join(this.#folder, "environment");
    fs.appendFileSync(environment, "");
    const script = `set -aeuo pipefail; . "${environment}"; ${command}\nexport -p > "${environment}"`;
    return new Promise((resolve, reject) =>
      execFile("bash", ["-c", script], { cwd: this.#folder }, (error, stdout, stderr) =>
        error ? reject(new Error(`${command}\n${stdout}${stderr}`)) : resolve(stdout),
      ),
    );
  }
}
