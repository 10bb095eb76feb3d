/** A limit that fills up again continuously and saves up no more than its size. */
export class TokenBucket {
  readonly #size: number;
  readonly #perMs: number;
  #tokens: number;
  #filledAt = 0;

  /** @param refillMs  ms in which an empty one fills up. */
  constructor(size: number, refillMs: number) {
    this.#size = size;
    this.#perMs = size / refillMs;
    this.#tokens = size;
  }

  /** Takes a token, if there is one. @param now  In ms; not before that of the last call. */
  take(now: number): boolean {
    this.#tokens = Math.min(this.#size, this.#tokens + (now - this.#filledAt) * this.#perMs);
    this.#filledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }
}
