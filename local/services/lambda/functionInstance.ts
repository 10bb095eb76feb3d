import type { ChildProcess } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import type { FunctionVersion } from "./functionVersion";
import { withNamedSource } from "./namedSource";
import { exitMessage, fault, type Outcome, reported, startProblem, timedOut } from "./outcome";
import { MAX_RESPONSE_BYTES } from "./payloadLimits";
import { RuntimeApi, type RuntimeEvent } from "./runtimeApi";
import { killGroup, readLines, readPrivateMemory, startRuntime } from "./runtimeProcess";

/** How often a working instance's memory is looked at. */
const MEMORY_POLL_MS = 50;

/**
 * The part of an execution environment that stays when its process dies: the next process goes on in it, as on Lambda.
 */
export interface Sandbox {
  readonly id: string;
  /** The folder that is `/tmp` on Lambda. */
  readonly temporaryFolder: string;
  /** Whether a process has died in it. */
  readonly isReset: boolean;
}

export interface InstanceOptions {
  readonly version: FunctionVersion;
  readonly sandbox: Sandbox;
  /** Folder of the bundled runtime. */
  readonly runtimeFolder: string;
  /** Address for a debugger, `host:port`. @default none */
  readonly inspect?: string;
  /** Whether writing to the function's volume may fail on purpose. @default false */
  readonly hasVolumeFaults?: boolean;
  /** A condition that the process waits for: that its debugger's port is free. */
  readonly ready: Promise<unknown>;
  environment(runtimeApi: string): Record<string, string>;
  onLine(line: string): void;
  /**
   * The process is gone.
   *
   * @param died  Whether it was not ended on purpose: the sandbox is still there.
   */
  onExit(died: boolean): void;
}

type State =
  | { readonly kind: "starting" }
  /** @property exited  Resolves when the process is gone. */
  | { readonly kind: "running"; readonly child: ChildProcess; readonly exited: Promise<void> }
  | { readonly kind: "ended" };

type Mark = "ready" | "undelivered";

/** One execution environment: a process that works on one event at a time. */
export class FunctionInstance {
  readonly version: FunctionVersion;
  readonly sandbox: Sandbox;
  /** ms that loading the handler took; set once `initialize` has ended. */
  initMs: number | undefined;
  /** Since when nothing is worked on, ms of the monotonic clock. */
  idleSince = 0;
  maxMemoryUsed: number | undefined;

  readonly #options: InstanceOptions;
  readonly #api: RuntimeApi;
  #state: State = { kind: "starting" };
  #settle: ((outcome: Outcome | Mark) => void) | undefined;
  #memoryPoll: NodeJS.Timeout | undefined;
  #memoryReadAt = 0;
  /** Why this side killed the process; none where it ended by itself. */
  #killedFor: "memory" | "time" | "failure" | undefined;
  /** The request whose outcome is waited for; none while the handler is loaded. */
  #requestId = "";

  constructor(options: InstanceOptions) {
    this.#options = options;
    this.version = options.version;
    this.sandbox = options.sandbox;
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
            `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
          ),
        ),
    });
  }

  get ended(): boolean {
    return this.#state.kind === "ended";
  }

  /** Starts the process and loads the handler. A failure or a passed limit ends the instance. */
  async initialize(requestId: string, limitMs: number): Promise<"ready" | Outcome> {
    const started = performance.now();
    this.#requestId = requestId;
    await this.#options.ready;
    const address = await this.#api.listen().catch((error: Error) => error);
    if (address instanceof Error || this.ended) {
      await this.end();
      return this.#startFault(address);
    }
    const result = this.#wait(limitMs, () => fault("timeout", "Sandbox.Timedout", "initialisation"));
    try {
      this.#start(address);
    } catch (error) {
      this.#finish(this.#startFault(error));
    }
    const outcome = await result;
    if (outcome === "undelivered") throw new Error("an instance that starts has no event");
    this.initMs = performance.now() - started;
    this.#readMemory();
    if (outcome === "ready") return outcome;
    this.#killedFor ??= outcome.status === "timeout" ? "time" : "failure";
    await this.end();
    return withNamedSource(outcome, this.version.taskRoot, this.version.configuration.handler);
  }

  /**
   * Works on one event; resolves, never rejects. A crash or timeout ends the instance; one that had ended before it
   * took the event (an exception after the last answer) says `undelivered`, and another instance may have it.
   */
  async invoke(event: RuntimeEvent): Promise<Outcome | "undelivered"> {
    this.#requestId = event.requestId;
    const { timeout } = this.version.configuration;
    const result = this.#wait(event.deadlineMs - Date.now(), () => timedOut(event.requestId, timeout));
    if (this.ended) this.#finish("undelivered");
    else this.#api.send(event);
    const outcome = await result;
    if (outcome === "ready") throw new Error("the Runtime API said twice that an instance is ready");
    if (outcome === "undelivered") return outcome;
    if (outcome.status === "timeout") {
      this.#killedFor ??= "time";
      await this.end();
    }
    if (outcome.status !== "success") return outcome;
    // Requests that are quicker than the poll are seen as well, as many as it would see.
    if (performance.now() - this.#memoryReadAt >= MEMORY_POLL_MS) this.#readMemory();
    if (this.#killedFor !== "memory") return outcome;
    await this.end();
    return this.#exitFault(null, "SIGKILL");
  }

  /** Ends the process at once, and the sandbox with it. */
  async end(): Promise<void> {
    const state = this.#state;
    this.#state = { kind: "ended" };
    this.#api.close();
    if (state.kind === "starting") this.#removeSandbox();
    if (state.kind !== "running") return;
    killGroup(state.child);
    await state.exited;
  }

  #start(runtimeApi: string): void {
    const { version, runtimeFolder, inspect, hasVolumeFaults, onLine } = this.#options;
    mkdirSync(this.sandbox.temporaryFolder, { recursive: true });
    const environment = this.#options.environment(runtimeApi);
    const child = startRuntime(version, { runtimeFolder, environment, inspect, hasVolumeFaults });
    const exited = new Promise<void>((resolve) => {
      child.once("error", (error) => {
        this.#finish(this.#startFault(error));
        this.#gone(false);
        resolve();
      });
      child.once("exit", (code, signal) => {
        const died = this.#state.kind === "running" || this.#killedFor !== undefined;
        this.#finish(this.#api.takeBack() ? "undelivered" : this.#exitFault(code, signal));
        this.#gone(died);
        resolve();
      });
    });
    this.#state = { kind: "running", child, exited };
    // Where this process has no files left there are no pipes either, and the error above is emitted next.
    if (child.stdout) readLines(child.stdout, onLine);
    if (child.stderr) readLines(child.stderr, onLine);
  }

  #gone(died: boolean): void {
    this.#state = { kind: "ended" };
    this.#api.close();
    if (!died) this.#removeSandbox();
    this.#options.onExit(died);
  }

  #removeSandbox(): void {
    rmSync(this.sandbox.temporaryFolder, { recursive: true, force: true });
  }

  #startFault(error: unknown): Outcome {
    const message = error instanceof Error ? startProblem(error) : "the instance has ended";
    return fault("error", "Runtime.ExitError", `RequestId: ${this.#requestId} Error: ${message}`);
  }

  #exitFault(code: number | null, signal: string | null): Outcome {
    const errorType = this.#killedFor === "memory" ? "Runtime.OutOfMemory" : "Runtime.ExitError";
    return fault("error", errorType, `RequestId: ${this.#requestId} Error: ${exitMessage(code, signal)}`);
  }

  #wait(limitMs: number, onLimit: () => Outcome): Promise<Outcome | Mark> {
    this.#memoryPoll = setInterval(() => this.#readMemory(), MEMORY_POLL_MS);
    return new Promise((resolve) => {
      // Whoever stops at a breakpoint takes their time.
      const timer =
        this.#options.inspect === undefined
          ? setTimeout(() => this.#finish(onLimit()), Math.max(limitMs, 0))
          : undefined;
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
    if (this.#state.kind !== "running") return;
    const { child } = this.#state;
    const bytes = child.pid === undefined ? undefined : readPrivateMemory(child.pid);
    if (bytes === undefined) return;
    this.#memoryReadAt = performance.now();
    this.maxMemoryUsed = Math.max(this.maxMemoryUsed ?? 0, bytes);
    const limit = this.version.configuration.memorySize * 1024 * 1024;
    // A debugger keeps its own data in the process.
    if (bytes <= limit || this.#options.inspect !== undefined) return;
    this.maxMemoryUsed = limit;
    this.#killedFor = "memory";
    child.kill("SIGKILL");
  }
}
