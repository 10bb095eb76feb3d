/** Numbers that follow from a seed: https://en.wikipedia.org/wiki/Linear_congruential_generator#Parameters_in_common_use */
export class Random {
  #state: bigint;

  constructor(seed: number) {
    this.#state = BigInt(seed) + 0x9e3779b97f4a7c15n;
  }

  /** Gives a whole number from 0 to below `limit`. */
  below(limit: number): number {
    this.#state = BigInt.asUintN(64, this.#state * 6364136223846793005n + 1442695040888963407n);
    return limit <= 0 ? 0 : Number((this.#state >> 33n) % BigInt(limit));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}
