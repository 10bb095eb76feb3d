import { BusyInstances } from "./busyInstances";
import { IdleInstances } from "./idleInstances";
import { ModelCache } from "./modelCache";
import { TokenBucket } from "./tokenBucket";

/** ms that a request takes, by what it finds. */
export interface ServiceTimes {
  /** Its model in memory. */
  readonly hit: number;
  /** Its model in memory, and S3 has to be asked whether there is a newer one. */
  readonly check: number;
  /** An instance without its model. */
  readonly load: number;
  /** No free instance. */
  readonly coldStart: number;
}

export interface FleetOptions {
  readonly times: ServiceTimes;
  /** Models that an instance keeps in memory. */
  readonly capacity: number;
  /** ms after which a model's version is checked again. */
  readonly checkMs: number;
  /** ms after which an instance without work ends. */
  readonly idleMs: number;
  /** Requests at work at a time, the account's quota. */
  readonly concurrency: number;
}

export type Outcome = keyof ServiceTimes | "throttle";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html */
const SCALING = { instances: 1000, perMs: 10_000 };

/** Requests a second for each of the account's concurrency: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html */
const REQUESTS_PER_SECOND = 10;

/**
 * One function's instances on Lambda, each with one request at a time. A request gets the free instance that worked
 * last, else a new one, else it is throttled.
 */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #caches: ModelCache[] = [];
  /** Instances that have ended, whose numbers are used again. */
  readonly #ended: number[] = [];
  readonly #busy: BusyInstances;
  readonly #idle: IdleInstances;
  readonly #starts = new TokenBucket(SCALING.instances, SCALING.perMs);
  readonly #requests: TokenBucket;
  #now = 0;
  #busyMs = 0;

  constructor(options: FleetOptions) {
    const { concurrency } = options;
    this.#options = options;
    this.#busy = new BusyInstances(concurrency);
    this.#idle = new IdleInstances(concurrency);
    this.#requests = new TokenBucket(concurrency * REQUESTS_PER_SECOND, 1000);
  }

  /** Instances, at work or idle. */
  get instances(): number {
    return this.#busy.size + this.#idle.size;
  }

  /** ms of all instances' work so far: the integral of concurrency over time. */
  get busyMs(): number {
    return this.#busyMs;
  }

  /** @param now  In ms; not before that of the last call. */
  request(now: number, model: number): Outcome {
    this.advance(now);
    const { times, concurrency } = this.#options;
    if (!this.#requests.take(now) || this.#busy.size >= concurrency) return "throttle";
    const isCold = this.#idle.size === 0;
    if (isCold && !this.#starts.take(now)) return "throttle";
    const instance = isCold ? this.#start() : this.#idle.takeNewest();
    const found = (this.#caches[instance] as ModelCache).use(model, now);
    const outcome = isCold ? "coldStart" : found;
    this.#busy.add(instance, now + times[outcome]);
    return outcome;
  }

  /** Lets instances finish their requests, and end, until a moment. */
  advance(now: number): void {
    while (this.#busy.nextDone <= now) {
      const doneAt = this.#busy.nextDone;
      this.#pass(doneAt);
      this.#idle.add(this.#busy.take(), doneAt);
    }
    this.#pass(now);
    while (this.#idle.idleSince + this.#options.idleMs <= now) this.#ended.push(this.#idle.takeOldest());
  }

  #pass(now: number): void {
    this.#busyMs += this.#busy.size * (now - this.#now);
    this.#now = now;
  }

  #start(): number {
    const { capacity, checkMs } = this.#options;
    const instance = this.#ended.pop() ?? this.#caches.length;
    this.#caches[instance] = new ModelCache(capacity, checkMs);
    return instance;
  }
}
