import { nestedJson } from "./nestedJson";
import type { Segmentation } from "./segmentation";

const STEPS = 10_000;
const [OPEN, CLOSE] = ['{"predictions":', "}"];

/** In place of a step, for pixels without data. */
const MASKED = STEPS + 1;

let strings: readonly string[] | undefined;

/** `0`, `0.0001`, …, `1`, and `null` for pixels without data. */
function stepStrings(): readonly string[] {
  strings ??= Array.from({ length: MASKED + 1 }, (_, step) =>
    step === MASKED ? "null" : String(step / STEPS),
  );
  return strings;
}

/**
 * Probabilities to four decimals, in two bytes each: a batch of large scenes has tens of millions, and as numbers in
 * nested arrays they would take ten times as much.
 */
export class Probabilities implements Segmentation {
  readonly #steps: Uint16Array;
  readonly shape: readonly number[];

  /** @param shape  (H, W), or (N, H, W). */
  constructor(shape: readonly number[]) {
    this.shape = shape;
    this.#steps = new Uint16Array(shape.reduce((product, axis) => product * axis, 1));
  }

  /**
   * Takes in values from 0 to 1, from `offset` on.
   *
   * @param mask  1 for values that stand for no data. @default none does
   */
  set(values: Float32Array, offset: number, mask?: Uint8Array): void {
    const steps = this.#steps.subarray(offset, offset + values.length);
    // Storing cuts the decimals off; `Math.round` takes six times as long.
    for (let i = 0; i < steps.length; i++) steps[i] = (values[i] as number) * STEPS + 0.5;
    if (mask === undefined) return;
    for (let i = 0; i < steps.length; i++) if (mask[i] === 1) steps[i] = MASKED;
  }

  /** Counted, not made: the text of a large answer would pass what a string can hold. */
  get jsonBytes(): number {
    const lengths = Uint8Array.from(stepStrings(), (text) => text.length);
    const steps = this.#steps;
    let bytes = OPEN.length + CLOSE.length;
    // By index: the iterator of a typed array takes eight times as long.
    for (let i = 0; i < steps.length; i++) bytes += lengths[steps[i] as number] as number;
    // A list has two brackets, and a comma after each of its entries but the last.
    let lists = 1;
    for (const axis of this.shape) {
      bytes += lists * (axis + 1);
      lists *= axis;
    }
    return bytes;
  }

  /** `{"predictions": …}`, lists as nested as the shape. */
  toJson(): string {
    const strings = stepStrings();
    return OPEN + nestedJson(this.shape, (index) => strings[this.#steps[index] as number] as string) + CLOSE;
  }

  writeTo(values: Float32Array): void {
    const steps = this.#steps;
    for (let i = 0; i < steps.length; i++) {
      const step = steps[i] as number;
      values[i] = step === MASKED ? Number.NaN : step / STEPS;
    }
  }
}
