/** One thing that goes wrong. */
export interface Scenario {
  readonly fault: string;
  /** Whether it takes less than a second: these run with the tests. */
  readonly isQuick?: true;
  /** Lets it happen. @throws Error  What is not as it should be. */
  run(): Promise<Outcome>;
}

/** The result of a fault, once everything that has to hold was looked at. */
export interface Outcome {
  /** The caller's responses, with how often each came. */
  readonly gets: string;
  /** How it was seen that the next request works. */
  readonly next: string;
  /** How it was seen that nothing is half there. */
  readonly whole: string;
  /** Times that the fault happened. */
  readonly times: number;
}

/** @throws Error  It does not hold. */
export function hold(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

/** Counts what was answered, as `200 12 times, 503 3 times`. */
export class Responses {
  readonly #counts = new Map<string, number>();

  add(response: string): void {
    this.#counts.set(response, (this.#counts.get(response) ?? 0) + 1);
  }

  get text(): string {
    return [...this.#counts]
      .sort()
      .map(([response, times]) => `${response} ${times} times`)
      .join(", ");
  }
}
