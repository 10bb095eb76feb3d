/** The instances at work, in the order in which they will be done: a binary heap. */
export class BusyInstances {
  readonly #doneAt: Float64Array;
  readonly #instances: Int32Array;
  #size = 0;

  /** @param capacity  The most instances. */
  constructor(capacity: number) {
    this.#doneAt = new Float64Array(capacity);
    this.#instances = new Int32Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** When the first one will be done, in ms; infinity if none works. */
  get nextDone(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#doneAt[0] as number);
  }

  add(instance: number, doneAt: number): void {
    let place = this.#size++;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if ((this.#doneAt[parent] as number) <= doneAt) break;
      this.#move(parent, place);
      place = parent;
    }
    this.#put(place, instance, doneAt);
  }

  /** Takes the one that is done first; there must be one. */
  take(): number {
    const first = this.#instances[0] as number;
    const last = --this.#size;
    const doneAt = this.#doneAt[last] as number;
    let place = 0;
    for (let child = 1; child < last; child = 2 * place + 1) {
      if (child + 1 < last && (this.#doneAt[child + 1] as number) < (this.#doneAt[child] as number)) child++;
      if ((this.#doneAt[child] as number) >= doneAt) break;
      this.#move(child, place);
      place = child;
    }
    this.#put(place, this.#instances[last] as number, doneAt);
    return first;
  }

  #move(from: number, to: number): void {
    this.#put(to, this.#instances[from] as number, this.#doneAt[from] as number);
  }

  #put(place: number, instance: number, doneAt: number): void {
    this.#doneAt[place] = doneAt;
    this.#instances[place] = instance;
  }
}
