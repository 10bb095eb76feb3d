/** The instances without work, in the order of their last request: a ring of which both ends are used. */
export class IdleInstances {
  readonly #instances: Int32Array;
  readonly #since: Float64Array;
  /** Places ever taken at either end; they wrap around in the arrays. */
  #first = 0;
  #end = 0;

  /** @param capacity  The most instances. */
  constructor(capacity: number) {
    this.#instances = new Int32Array(capacity);
    this.#since = new Float64Array(capacity);
  }

  get size(): number {
    return this.#end - this.#first;
  }

  /** Since when the first one has been idle, in ms; infinity if there is none. */
  get idleSince(): number {
    return this.size === 0
      ? Number.POSITIVE_INFINITY
      : (this.#since[this.#first % this.#since.length] as number);
  }

  /** @param since  In ms; not before that of the last one. */
  add(instance: number, since: number): void {
    const place = this.#end++ % this.#instances.length;
    this.#instances[place] = instance;
    this.#since[place] = since;
  }

  /** Takes the one that worked last; there must be one. */
  takeNewest(): number {
    return this.#instances[--this.#end % this.#instances.length] as number;
  }

  /** Takes the one that has been idle for longest; there must be one. */
  takeOldest(): number {
    return this.#instances[this.#first++ % this.#instances.length] as number;
  }
}
