import { randomBytes, randomUUID } from "node:crypto";
import path from "node:path";
import { FunctionInstance, type Sandbox } from "./functionInstance";
import { FunctionScheduler } from "./functionScheduler";
import type { FunctionVersion } from "./functionVersion";
import type { InvocationReport, InvokeOptions, LogLine } from "./invocation";
import { endLines, reportOf } from "./invocationReport";
import type { EventFaults } from "./lambdaFaults";
import { isBelowLevel } from "./logLine";
import { newTraceId } from "./newTraceId";
import { type Outcome, timedOut } from "./outcome";

export interface RunnerOptions {
  readonly dataDir: string;
  /** Folder of the bundled runtime. */
  readonly runtimeFolder: string;
  readonly maxInstances: number;
  readonly idleMs: number;
  /** ms that loading the handler may take before it is started over within the first request. */
  readonly initLimitMs: number;
  /** Address for a debugger, `host:port`: one instance then, without limits. @default none */
  readonly inspect?: string;
  environment(version: FunctionVersion, instance: InstancePlace): Record<string, string>;
  /** Whether writing to the volume of functions that have one may fail on purpose. @default false */
  readonly hasVolumeFaults?: boolean;
  /** Injected faults of the event that is handed over next. */
  faults(version: FunctionVersion): EventFaults | undefined;
  onLog(line: LogLine): void;
}

/** The facts beside its version that an instance's environment depends on. */
export interface InstancePlace {
  readonly runtimeApi: string;
  readonly temporaryFolder: string;
  readonly logStream: string;
  readonly initializationType: "on-demand" | "provisioned-concurrency";
}

/** One request's end: what the caller gets, and what Lambda logs of it. */
export interface Run {
  readonly payload: Buffer;
  readonly report: InvocationReport;
  readonly logTail: string;
}

/** A request at work. */
interface RunningRequest {
  readonly id: string;
  /** Another one when the first could not be started in time or had ended. */
  instance: FunctionInstance;
  readonly tail: string[];
  /** Since when the function's time runs. */
  startedMs: number;
  /** ms that loading the handler took, where Lambda does that before the request. */
  initMs?: number;
}

const MAX_LOG_TAIL_BYTES = 4096;

/** Whoever stops at a breakpoint takes their time: handlers that ask for what remains of theirs have a day. */
const INSPECTED_MS = 24 * 60 * 60 * 1000;

/** Runs the requests of one function: instance, initialisation, event, log, report. */
export class FunctionRunner {
  readonly scheduler: FunctionScheduler;
  readonly #options: RunnerOptions;
  /** Gathers the lines of an instance's present request. */
  readonly #tails = new Map<FunctionInstance, string[]>();
  /** Sandboxes whose process died, by the version's digest: the next instance goes on in one. */
  readonly #sandboxes = new Map<string, Sandbox[]>();
  #provisioned: string | undefined;

  constructor(options: RunnerOptions) {
    this.#options = options;
    const maxInstances = options.inspect === undefined ? options.maxInstances : 1;
    this.scheduler = new FunctionScheduler({
      idleMs: options.idleMs,
      maxInstances,
      start: (version) => this.#start(version),
    });
  }

  async run(
    version: FunctionVersion,
    functionArn: string,
    payload: Buffer,
    options: InvokeOptions,
  ): Promise<Run> {
    const instance = await this.scheduler.acquire(version);
    const id = options.requestId ?? randomUUID();
    const request: RunningRequest = { id, instance, tail: [], startedMs: performance.now() };
    this.#tails.set(instance, request.tail);
    try {
      this.#logPlatform(request, `START RequestId: ${request.id} Version: ${version.version}`);
      const outcome =
        (instance.initMs === undefined && (await this.#initialize(request))) ||
        (await this.#deliver(request, functionArn, payload, options));
      const durationMs = performance.now() - request.startedMs;
      // The lines written before the response are in their pipes: let them be read before the report.
      await new Promise((resolve) => setImmediate(resolve));
      const report = reportOf(request.instance, outcome, request.tail, {
        requestId: id,
        durationMs,
        initMs: request.initMs,
        event: payload,
      });
      for (const line of endLines(report, version.configuration.timeout)) this.#logPlatform(request, line);
      return { payload: outcome.payload, report, logTail: lastBytes(request.tail.join("\n")) };
    } finally {
      this.#tails.delete(request.instance);
      this.scheduler.release(request.instance);
    }
  }

  /** Starts instances before any request needs one. */
  async provision(version: FunctionVersion, count: number): Promise<void> {
    this.#provisioned = version.digest;
    this.scheduler.keep(version.digest, true);
    const instances = await Promise.all(
      Array.from({ length: Math.min(count, this.scheduler.maxInstances) }, () =>
        this.scheduler.acquire(version),
      ),
    );
    await Promise.all(
      instances.map(async (instance) => {
        if (instance.initMs === undefined) await instance.initialize(randomUUID(), this.#options.initLimitMs);
        this.scheduler.release(instance);
      }),
    );
  }

  unprovision(version: FunctionVersion): void {
    this.#provisioned = undefined;
    this.scheduler.keep(version.digest, false);
  }

  close(): Promise<void> {
    return this.scheduler.close();
  }

  /** Loads the handler; an outcome is the request's, nothing means ready. */
  async #initialize(request: RunningRequest): Promise<Outcome | undefined> {
    if (!request.instance.sandbox.isReset) {
      const initialized = await request.instance.initialize(request.id, this.#options.initLimitMs);
      request.startedMs = performance.now();
      request.initMs = request.instance.initMs;
      if (initialized === "ready") return undefined;
      if (initialized.status !== "timeout") return initialized;
      const duration = `Init Duration: ${request.initMs?.toFixed(2)} ms`;
      this.#logPlatform(request, `INIT_REPORT ${duration}\tPhase: init\tStatus: timeout`);
      request.initMs = undefined;
      this.#replace(request);
    }
    // Lambda starts over within the request, under the function's own timeout.
    const { timeout } = request.instance.version.configuration;
    const initialized = await request.instance.initialize(request.id, timeout * 1000);
    if (initialized === "ready") return undefined;
    return initialized.status === "timeout" ? timedOut(request.id, timeout) : initialized;
  }

  async #deliver(
    request: RunningRequest,
    functionArn: string,
    payload: Buffer,
    options: InvokeOptions,
  ): Promise<Outcome> {
    const { timeout } = request.instance.version.configuration;
    const limitMs = this.#options.inspect === undefined ? timeout * 1000 : INSPECTED_MS;
    for (;;) {
      const spentMs = performance.now() - request.startedMs;
      const outcome = await request.instance.invoke({
        requestId: request.id,
        payload,
        functionArn,
        deadlineMs: Math.round(Date.now() + limitMs - spentMs),
        traceId: options.traceId ?? newTraceId(),
        clientContext: options.clientContext,
        faults: this.#options.faults(request.instance.version),
      });
      if (outcome !== "undelivered") return outcome;
      // It ended after its last response, before it asked for this event.
      this.#replace(request);
      const failed = await this.#initialize(request);
      if (failed) return failed;
    }
  }

  #replace(request: RunningRequest): void {
    this.#tails.delete(request.instance);
    request.instance = this.scheduler.replace(request.instance);
    this.#tails.set(request.instance, request.tail);
  }

  #start(version: FunctionVersion): FunctionInstance {
    const { runtimeFolder, inspect } = this.#options;
    const sandbox = this.#sandboxes.get(version.digest)?.pop() ?? this.#newSandbox();
    const day = new Date().toISOString().slice(0, 10).replaceAll("-", "/");
    const instance: FunctionInstance = new FunctionInstance({
      version,
      sandbox,
      runtimeFolder,
      ...(inspect !== undefined && { inspect }),
      hasVolumeFaults: this.#options.hasVolumeFaults && version.configuration.fileSystem !== undefined,
      ready: inspect === undefined ? Promise.resolve() : this.scheduler.settled(),
      environment: (runtimeApi) =>
        this.#options.environment(version, {
          runtimeApi,
          temporaryFolder: sandbox.temporaryFolder,
          logStream: `${day}/[${version.version}]${sandbox.id}`,
          initializationType: this.#provisioned === version.digest ? "provisioned-concurrency" : "on-demand",
        }),
      onLine: (line) => this.#log(version, "function", line, this.#tails.get(instance)),
      onExit: (died) => {
        if (died) {
          const sandboxes = this.#sandboxes.get(version.digest) ?? [];
          this.#sandboxes.set(version.digest, [...sandboxes, { ...sandbox, isReset: true }]);
        }
        this.scheduler.forget(instance);
      },
    });
    return instance;
  }

  #newSandbox(): Sandbox {
    const id = randomBytes(16).toString("hex");
    return { id, temporaryFolder: path.join(this.#options.dataDir, "tmp", id), isReset: false };
  }

  #logPlatform({ instance, tail }: RunningRequest, line: string): void {
    this.#log(instance.version, "platform", line, tail);
  }

  #log(version: FunctionVersion, source: LogLine["source"], line: string, tail: string[] | undefined): void {
    const { functionName, applicationLogLevel } = version.configuration;
    if (source === "function" && applicationLogLevel && isBelowLevel(line, applicationLogLevel)) return;
    tail?.push(line);
    this.#options.onLog({ functionName, version: version.version, source, line });
  }
}

function lastBytes(text: string): string {
  if (Buffer.byteLength(text) <= MAX_LOG_TAIL_BYTES) return text;
  return Buffer.from(text).subarray(-MAX_LOG_TAIL_BYTES).toString("utf8");
}
