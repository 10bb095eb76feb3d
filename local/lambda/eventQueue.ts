/** One asynchronous request: tried until it succeeds, its attempts are used up or it is too old. */
export interface QueuedEvent {
  /** Gives true when done, false to be tried again and counted, "throttled" to be tried again uncounted. */
  attempt(): Promise<boolean | "throttled">;
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
    this.#run(event, 0, Date.now() + event.maximumEventAgeInSeconds * 1000);
  }

  /** Drops what waits for another attempt and waits for what runs; its instances end first. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await Promise.all(this.#running);
  }

  #run(event: QueuedEvent, failures: number, expires: number): void {
    const work = event.attempt().then((done) => {
      const failed = failures + (done === false ? 1 : 0);
      if (done === true || failed > event.maximumRetryAttempts || Date.now() > expires || this.#closed)
        return;
      const delay = this.#retryDelaysMs[Math.max(failed - 1, 0)] ?? this.#retryDelaysMs.at(-1) ?? 0;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.#run(event, failed, expires);
      }, delay);
      this.#timers.add(timer);
    });
    const running = work.catch(() => {}).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}
