/** Outcome of looking for a model: found, found with a version that has to be checked first, or loaded. */
export type Found = "hit" | "check" | "load";

const NONE = -1;
const FIRST_SLOTS = 64;

/**
 * The models in one instance's memory, as `ModelStore` keeps them: a new one takes the place of the least recently used.
 * A list that is linked by slots, and a table from model to slot with linear probing; both grow with what is loaded.
 */
export class ModelCache {
  readonly #capacity: number;
  readonly #checkMs: number;
  #size = 0;
  #models = new Int32Array(FIRST_SLOTS);
  #newer = new Int32Array(FIRST_SLOTS);
  #older = new Int32Array(FIRST_SLOTS);
  #checkedAt = new Float64Array(FIRST_SLOTS);
  #newest = NONE;
  #oldest = NONE;
  /** Slots, at places that follow from their models; at most half full, and as long as a power of two. */
  #table = new Int32Array(2 * FIRST_SLOTS).fill(NONE);

  /**
   * @param capacity  Models that fit into memory.
   * @param checkMs  Age after which a version is checked again.
   */
  constructor(capacity: number, checkMs: number) {
    this.#capacity = capacity;
    this.#checkMs = checkMs;
  }

  /** Uses a model, which is loaded if it is not there. @param now  In ms. */
  use(model: number, now: number): Found {
    const slot = this.#table[this.#placeOf(model)] as number;
    if (slot === NONE) {
      this.#load(model, now);
      return "load";
    }
    if (slot !== this.#newest) {
      this.#unlink(slot);
      this.#link(slot);
    }
    if (now - (this.#checkedAt[slot] as number) < this.#checkMs) return "hit";
    this.#checkedAt[slot] = now;
    return "check";
  }

  #load(model: number, now: number): void {
    const slot = this.#size < this.#capacity ? this.#newSlot() : this.#evict();
    this.#models[slot] = model;
    this.#checkedAt[slot] = now;
    this.#table[this.#placeOf(model)] = slot;
    this.#link(slot);
  }

  #newSlot(): number {
    if (this.#size === this.#models.length) this.#grow();
    return this.#size++;
  }

  #evict(): number {
    const slot = this.#oldest;
    this.#unlink(slot);
    this.#clear(this.#placeOf(this.#models[slot] as number));
    return slot;
  }

  /** Finds the model's place in the table, or the empty one where it would be. */
  #placeOf(model: number): number {
    const mask = this.#table.length - 1;
    for (let place = hash(model) & mask; ; place = (place + 1) & mask) {
      const slot = this.#table[place] as number;
      if (slot === NONE || this.#models[slot] === model) return place;
    }
  }

  /** Empties a place of the table, and moves up what lies behind it because it was taken. */
  #clear(taken: number): void {
    const mask = this.#table.length - 1;
    let empty = taken;
    for (let place = (taken + 1) & mask; ; place = (place + 1) & mask) {
      const slot = this.#table[place] as number;
      if (slot === NONE) break;
      const wanted = hash(this.#models[slot] as number) & mask;
      if (((place - wanted) & mask) < ((place - empty) & mask)) continue;
      this.#table[empty] = slot;
      empty = place;
    }
    this.#table[empty] = NONE;
  }

  #link(slot: number): void {
    this.#newer[slot] = NONE;
    this.#older[slot] = this.#newest;
    if (this.#newest === NONE) this.#oldest = slot;
    else this.#newer[this.#newest] = slot;
    this.#newest = slot;
  }

  #unlink(slot: number): void {
    const [newer, older] = [this.#newer[slot] as number, this.#older[slot] as number];
    if (newer === NONE) this.#newest = older;
    else this.#older[newer] = older;
    if (older === NONE) this.#oldest = newer;
    else this.#newer[older] = newer;
  }

  #grow(): void {
    const slots = 2 * this.#size;
    this.#models = copyInto(new Int32Array(slots), this.#models);
    this.#newer = copyInto(new Int32Array(slots), this.#newer);
    this.#older = copyInto(new Int32Array(slots), this.#older);
    this.#checkedAt = copyInto(new Float64Array(slots), this.#checkedAt);
    this.#table = new Int32Array(2 * slots).fill(NONE);
    for (let slot = 0; slot < this.#size; slot++) {
      this.#table[this.#placeOf(this.#models[slot] as number)] = slot;
    }
  }
}

function copyInto<A extends Int32Array | Float64Array>(larger: A, old: A): A {
  larger.set(old);
  return larger;
}

/** Knuth's multiplicative hash; its upper bits are the good ones. */
function hash(model: number): number {
  return Math.imul(model, 0x9e3779b1) >>> 8;
}
