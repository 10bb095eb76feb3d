import { AwsError } from "../../http/awsError";
import type { FunctionInstance } from "./functionInstance";
import type { FunctionVersion } from "./functionVersion";

export interface SchedulerOptions {
  /** Instances of one function, all its versions together. */
  readonly maxInstances: number;
  /** ms after which an instance without work ends. */
  readonly idleMs: number;
  start(version: FunctionVersion): FunctionInstance;
}

interface Waiter {
  readonly version: FunctionVersion;
  resolve(instance: FunctionInstance): void;
  reject(error: Error): void;
}

/**
 * Gives each request of one function an instance of its own: the one that worked last, else a new one, else the
 * request queues, first come, first served. On Lambda the queue would be further instances, so what queues counts
 * as running when the function's reserved concurrency is asked.
 */
export class FunctionScheduler {
  reservedConcurrency: number | undefined;

  readonly #options: SchedulerOptions;
  readonly #all = new Set<FunctionInstance>();
  /** Least recently used first. */
  readonly #idle: FunctionInstance[] = [];
  readonly #queue: Waiter[] = [];
  /** Digests of versions that get no more requests. */
  readonly #retired = new Set<string>();
  /** Digests of versions with provisioned concurrency: their instances do not end by idling. */
  readonly #kept = new Set<string>();
  readonly #ending = new Set<Promise<void>>();
  #running = 0;
  #sweep: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: SchedulerOptions) {
    this.#options = options;
  }

  get maxInstances(): number {
    return this.#options.maxInstances;
  }

  /** Waits for the processes that are ending. */
  async settled(): Promise<void> {
    await Promise.all(this.#ending);
  }

  /** Waits for an instance of `version`. Each needs a `release`. Throws when reserved concurrency is used up. */
  async acquire(version: FunctionVersion): Promise<FunctionInstance> {
    if (this.reservedConcurrency !== undefined && this.#running >= this.reservedConcurrency) {
      throw new AwsError("TooManyRequestsException", 429, "Rate Exceeded.", {
        details: { Reason: "ReservedFunctionConcurrentInvocationLimitExceeded" },
      });
    }
    this.#running += 1;
    this.#retired.delete(version.digest);
    try {
      return this.#take(version) ?? (await this.#enqueue(version));
    } catch (error) {
      this.#running -= 1;
      throw error;
    }
  }

  /** Another instance in place of one that failed, for the same request. */
  replace(instance: FunctionInstance): FunctionInstance {
    this.#all.delete(instance);
    return this.#start(instance.version);
  }

  /** Gives an instance back, working or ended. */
  release(instance: FunctionInstance): void {
    this.#running -= 1;
    if (instance.ended) this.#all.delete(instance);
    else if (this.#retired.has(instance.version.digest)) this.#end(instance);
    else {
      instance.idleSince = performance.now();
      this.#idle.push(instance);
    }
    this.#serveQueue();
    this.#scheduleSweep();
  }

  /** An instance's process ended, by itself or not. */
  forget(instance: FunctionInstance): void {
    const index = this.#idle.indexOf(instance);
    if (index >= 0) this.#idle.splice(index, 1);
    this.#end(instance);
    this.#serveQueue();
  }

  /** Keeps a version's instances although they idle, or no longer. */
  keep(digest: string, kept: boolean): void {
    if (kept) this.#kept.add(digest);
    else this.#kept.delete(digest);
    this.#scheduleSweep();
  }

  /** Ends the instances of a version, those at work when they are done. */
  retire(digest: string): void {
    this.#retired.add(digest);
    for (const instance of [...this.#idle]) {
      if (instance.version.digest === digest) this.#endIdle(instance);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#sweep);
    for (const waiter of this.#queue.splice(0)) waiter.reject(new Error("the local cloud is shutting down"));
    await Promise.all([...this.#all].map((instance) => instance.end()).concat([...this.#ending]));
  }

  #take(version: FunctionVersion): FunctionInstance | undefined {
    const index = this.#idle.findLastIndex((instance) => instance.version.digest === version.digest);
    if (index >= 0) return this.#idle.splice(index, 1)[0];
    if (this.#all.size >= this.#options.maxInstances) {
      const other = this.#idle[0];
      if (!other) return undefined;
      this.#endIdle(other);
    }
    return this.#start(version);
  }

  #enqueue(version: FunctionVersion): Promise<FunctionInstance> {
    return new Promise((resolve, reject) => this.#queue.push({ version, resolve, reject }));
  }

  #serveQueue(): void {
    for (let waiter = this.#queue[0]; waiter; waiter = this.#queue[0]) {
      const instance = this.#take(waiter.version);
      if (!instance) return;
      this.#queue.shift();
      waiter.resolve(instance);
    }
  }

  #start(version: FunctionVersion): FunctionInstance {
    if (this.#closed) throw new Error("the local cloud is shutting down");
    const instance = this.#options.start(version);
    this.#all.add(instance);
    return instance;
  }

  #endIdle(instance: FunctionInstance): void {
    this.#idle.splice(this.#idle.indexOf(instance), 1);
    this.#end(instance);
  }

  #end(instance: FunctionInstance): void {
    // Counted out at once: its place is free for the request that waits.
    this.#all.delete(instance);
    const ending = instance.end().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  /** One timer for all: it fires when the instance that idled longest, when it was set, has idled long enough. */
  #scheduleSweep(): void {
    if (this.#sweep) return;
    const candidates = this.#idle.filter((instance) => !this.#kept.has(instance.version.digest));
    const [oldest] = candidates;
    if (!oldest || this.#closed) return;
    const due = oldest.idleSince + this.#options.idleMs - performance.now();
    this.#sweep = setTimeout(() => this.#sweepIdle(), Math.max(due, 1));
    this.#sweep.unref();
  }

  #sweepIdle(): void {
    this.#sweep = undefined;
    const limit = performance.now() - this.#options.idleMs;
    for (const idle of [...this.#idle]) {
      if (idle.idleSince <= limit && !this.#kept.has(idle.version.digest)) this.#endIdle(idle);
    }
    this.#scheduleSweep();
  }
}
