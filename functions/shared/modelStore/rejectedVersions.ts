import type { BrokenModel } from "./brokenModel";

/** Keys come from callers: the oldest are forgotten, which costs a download. */
const MAX_KEYS = 500;

interface RejectedVersion {
  readonly version: string;
  readonly reason: BrokenModel;
}

/** The version of each model that was fetched but cannot be loaded, if it is the newest one. */
export class RejectedVersions {
  /** In the order of their rejection. */
  readonly #byKey = new Map<string, RejectedVersion>();

  get(key: string): RejectedVersion | undefined {
    return this.#byKey.get(key);
  }

  set(key: string, rejected: RejectedVersion): void {
    this.#byKey.delete(key);
    this.#byKey.set(key, rejected);
    const [oldest] = this.#byKey.keys();
    if (this.#byKey.size > MAX_KEYS && oldest !== undefined) this.#byKey.delete(oldest);
  }

  delete(key: string): void {
    this.#byKey.delete(key);
  }
}
