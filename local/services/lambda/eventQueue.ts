/**
 * How one try ended. A `failed` one is counted; one that is `throttled` is not, and is made again for as long as the
 * event is young enough; after `rejected` none is made any more.
 */
export type Attempt = "done" | "failed" | "throttled" | "refused";

/** Why Lambda gives up on an event, in the words of its record. */
export type DiscardCondition = "RetriesExhausted" | "EventAgeExceeded" | "ZeroReservedConcurrency";

/** One asynchronous request: tried until it succeeds, its attempts are used up or it is too old. */
export interface QueuedEvent {
  attempt(): Promise<Attempt>;
  /** Called once, when the event is done or discarded. */
  done(): void;
  /** Told once, when the queue gives up. `attempts` are those that were counted. */
  discard(condition: DiscardCondition, attempts: number): Promise<void>;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeInSeconds: number;
}

/** The queue behind invocation type `Event`. Lambda waits one minute, then two; here the waits are options. */
export class EventQueue {
  readonly #retryDelaysMs: readonly number[];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  constructor(retryDelaysMs: readonly number[]) {
    this.#retryDelaysMs = retryDelaysMs;
  }

  add(event: QueuedEvent): void {
    this.#start(event, 0, Date.now() + event.maximumEventAgeInSeconds * 1000);
  }

  /** Drops at once what waits for another attempt, and waits for what runs: its instances are to be ended. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#running);
  }

  #start(event: QueuedEvent, failures: number, expires: number): void {
    const running = this.#run(event, failures, expires)
      .catch(() => {})
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #run(event: QueuedEvent, failures: number, expires: number): Promise<void> {
    const attempt = await event.attempt();
    if (attempt === "done") event.done();
    if (attempt === "done" || this.#closed) return;
    const failed = failures + (attempt === "failed" ? 1 : 0);
    const delay = this.#retryDelaysMs[Math.max(failed - 1, 0)] ?? this.#retryDelaysMs.at(-1) ?? 0;
    const condition = discardCondition(
      attempt,
      failed > event.maximumRetryAttempts,
      Date.now() + delay >= expires,
    );
    if (condition) {
      await event.discard(condition, failed);
      event.done();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#start(event, failed, expires);
    }, delay);
    this.#timers.add(timer);
  }
}

/** @param tooOld  By the time of the next attempt. */
function discardCondition(
  attempt: Attempt,
  exhausted: boolean,
  tooOld: boolean,
): DiscardCondition | undefined {
  if (attempt === "refused") return "ZeroReservedConcurrency";
  if (exhausted) return "RetriesExhausted";
  return tooOld ? "EventAgeExceeded" : undefined;
}
