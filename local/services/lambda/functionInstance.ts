import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { exitMessage } from "./exitMessage";
import type { FunctionVersion } from "./functionVersion";
import { fault, type Outcome, reported } from "./outcome";
import { maxResponseBytes } from "./payloadLimits";
import { readLines } from "./readLines";
import { readPrivateMemory } from "./readPrivateMemory";
import { RuntimeApi, type RuntimeEvent } from "./runtimeApi";
import { timeoutMessage } from "./timeoutMessage";

/** How often a working instance's memory is looked at. */
const memoryPollMs = 50;

export interface InstanceOptions {
  readonly version: FunctionVersion;
  readonly id: string;
  /** Folder of the bundled runtime. */
  readonly runtimeFolder: string;
  /** The instance's own `/tmp`, made here and removed at its end. */
  readonly temporaryFolder: string;
  environment(runtimeApi: string): Record<string, string>;
  onLine(line: string): void;
  /** The process is gone, however that came. */
  onExit(): void;
}

type Mark = "ready" | "undelivered";

/** One execution environment: a process that works on one event at a time. */
export class FunctionInstance {
  readonly version: FunctionVersion;
  /** ms that loading the handler took; set once `initialize` has succeeded. */
  initMs: number | undefined;
  /** Since when nothing is worked on, ms of the monotonic clock. */
  idleSince = 0;
  maxMemoryUsed: number | undefined;

  readonly #options: InstanceOptions;
  readonly #api: RuntimeApi;
  #child: ChildProcessByStdio<null, Readable, Readable> | undefined;
  #exited: Promise<void> = Promise.resolve();
  #settle: ((outcome: Outcome | Mark) => void) | undefined;
  #memoryPoll: NodeJS.Timeout | undefined;
  #memoryReadAt = 0;
  #outOfMemory = false;
  /** The request whose outcome is waited for; none while the handler is loaded. */
  #requestId = "";
  #ended = false;

  constructor(options: InstanceOptions) {
    this.#options = options;
    this.version = options.version;
    this.#api = new RuntimeApi({
      onReady: () => this.#finish("ready"),
      onInitError: (payload) => this.#finish(reported(payload)),
      onResponse: (payload) => this.#finish({ status: "success", payload }),
      onError: (payload) => this.#finish(reported(payload)),
      onResponseTooLarge: () =>
        this.#finish(
          fault(
            "error",
            "Function.ResponseSizeTooLarge",
            `Response payload size exceeded maximum allowed payload size (${maxResponseBytes} bytes).`,
          ),
        ),
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Starts the process and loads the handler. A failure or a passed limit ends the instance. */
  async initialize(requestId: string, limitMs: number): Promise<"ready" | Outcome> {
    const started = performance.now();
    this.#requestId = requestId;
    const address = await this.#api.listen().catch((error: Error) => error);
    if (address instanceof Error || this.#ended) {
      await this.end();
      return fault("error", "Runtime.ExitError", `RequestId: ${requestId} ${address}`);
    }
    const result = this.#wait(limitMs, () => fault("timeout", "Sandbox.Timedout", "initialisation"));
    try {
      this.#start(address);
    } catch (error) {
      this.#finish(fault("error", "Runtime.ExitError", `RequestId: ${requestId} Error: ${String(error)}`));
    }
    const outcome = await result;
    if (outcome === "undelivered") throw new Error("an instance that starts has no event");
    this.initMs = performance.now() - started;
    if (outcome !== "ready") await this.end();
    this.#readMemory();
    return outcome;
  }

  /**
   * Works on one event; resolves, never rejects. A crash or timeout ends the instance; one that had ended before it
   * took the event (an exception after the last answer) says `undelivered`, and another instance may have it.
   */
  async invoke(event: RuntimeEvent): Promise<Outcome | "undelivered"> {
    this.#requestId = event.requestId;
    const { timeout } = this.version.configuration;
    const result = this.#wait(event.deadlineMs - Date.now(), () =>
      fault("timeout", "Sandbox.Timedout", `RequestId: ${event.requestId} Error: ${timeoutMessage(timeout)}`),
    );
    if (this.#ended) this.#finish("undelivered");
    else this.#api.send(event);
    const outcome = await result;
    if (outcome === "ready") throw new Error("the Runtime API said twice that an instance is ready");
    if (outcome === "undelivered") return outcome;
    if (outcome.status === "timeout") await this.end();
    if (outcome.status !== "success") return outcome;
    // Requests that are quicker than the poll are seen as well, as many as it would see.
    if (performance.now() - this.#memoryReadAt >= memoryPollMs) this.#readMemory();
    if (!this.#outOfMemory) return outcome;
    await this.end();
    return this.#exitFault(null, "SIGKILL");
  }

  /** Ends the process at once (also a stopped one, which takes no other signal) and everything it started. */
  async end(): Promise<void> {
    this.#ended = true;
    const child = this.#child;
    if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      try {
        if (process.platform === "win32") child.kill("SIGKILL");
        else process.kill(-child.pid, "SIGKILL");
      } catch {
        // It ended by itself meanwhile.
      }
    }
    this.#api.close();
    await this.#exited;
    rmSync(this.#options.temporaryFolder, { recursive: true, force: true });
  }

  #start(runtimeApi: string): void {
    const { version, runtimeFolder, temporaryFolder } = this.#options;
    mkdirSync(temporaryFolder, { recursive: true });
    const child = spawn(process.execPath, [...v8Flags(version), path.join(runtimeFolder, "index.js")], {
      cwd: version.taskRoot,
      env: this.#options.environment(runtimeApi),
      stdio: ["ignore", "pipe", "pipe"],
      // A process group of its own: Ctrl-C goes to the local cloud alone, and what a function starts ends with it.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    this.#child = child;
    readLines(child.stdout, this.#options.onLine);
    readLines(child.stderr, this.#options.onLine);
    this.#exited = new Promise((resolve) => {
      child.once("error", (error) => {
        this.#finish(
          fault("error", "Runtime.ExitError", `RequestId: ${this.#requestId} Error: ${error.message}`),
        );
        this.#ended = true;
        resolve();
        this.#options.onExit();
      });
      child.once("exit", (code, signal) => {
        this.#ended = true;
        this.#finish(this.#api.takeBack() ? "undelivered" : this.#exitFault(code, signal));
        resolve();
        this.#options.onExit();
      });
    });
  }

  #exitFault(code: number | null, signal: string | null): Outcome {
    const errorType = this.#outOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError";
    return fault("error", errorType, `RequestId: ${this.#requestId} Error: ${exitMessage(code, signal)}`);
  }

  #wait(limitMs: number, onLimit: () => Outcome): Promise<Outcome | Mark> {
    this.#memoryPoll = setInterval(() => this.#readMemory(), memoryPollMs);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#finish(onLimit()), Math.max(limitMs, 0));
      this.#settle = (outcome) => {
        clearTimeout(timer);
        clearInterval(this.#memoryPoll);
        this.#settle = undefined;
        resolve(outcome);
      };
    });
  }

  #finish(outcome: Outcome | Mark): void {
    this.#settle?.(outcome);
  }

  /** Lambda's sandbox has no more memory than configured: what passes it is killed. */
  #readMemory(): void {
    const pid = this.#child?.pid;
    const bytes = pid === undefined || this.#ended ? undefined : readPrivateMemory(pid);
    if (bytes === undefined) return;
    this.#memoryReadAt = performance.now();
    this.maxMemoryUsed = Math.max(this.maxMemoryUsed ?? 0, bytes);
    const limit = this.version.configuration.memorySize * 1024 * 1024;
    if (bytes <= limit) return;
    this.maxMemoryUsed = limit;
    this.#outOfMemory = true;
    this.#child?.kill("SIGKILL");
  }
}

/** Those of Lambda's own `/var/runtime/bootstrap`: a tenth of the memory for the young generation, the rest old. */
function v8Flags(version: FunctionVersion): string[] {
  const { memorySize } = version.configuration;
  const newSpace = Math.floor(memorySize / 10);
  return [
    "--expose-gc",
    "--max-http-header-size=81920",
    `--max-semi-space-size=${Math.floor(newSpace / 2)}`,
    `--max-old-space-size=${memorySize - newSpace}`,
  ];
}
