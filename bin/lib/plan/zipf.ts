import { mulberry32 } from "./random";

/** Probabilities by Zipf's law: the n-th is 1 / n^exponent as likely as the first. */
export function zipfProbabilities(count: number, exponent: number): Float64Array {
  const weights = Float64Array.from({ length: count }, (_, i) => 1 / (i + 1) ** exponent);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Draws numbers from 0 to `count` - 1 by Zipf's law. The same seed gives the same numbers. */
export function zipf(count: number, exponent: number, seed = 1): () => number {
  return aliasSampler(zipfProbabilities(count, exponent), mulberry32(seed));
}

/**
 * Draws indices with these probabilities, each in the same short time: a column of Vose's alias tables holds one index
 * or two.
 *
 * @see https://www.keithschwarz.com/darts-dice-coins/
 */
export function aliasSampler(probabilities: Float64Array, random: () => number): () => number {
  const count = probabilities.length;
  const share = probabilities.map((probability) => probability * count);
  const alias = new Int32Array(count);
  const small: number[] = [];
  const large: number[] = [];
  const sort = (index: number) => ((share[index] as number) < 1 ? small : large).push(index);
  for (let index = 0; index < count; index++) sort(index);
  while (small.length > 0 && large.length > 0) {
    const [low, high] = [small.pop() as number, large.pop() as number];
    alias[low] = high;
    share[high] = (share[high] as number) - (1 - (share[low] as number));
    sort(high);
  }
  // Rounding leaves some that are 1 but for the last digits.
  for (const index of [...small, ...large]) share[index] = 1;
  return () => {
    const place = random() * count;
    const column = place | 0;
    return place - column < (share[column] as number) ? column : (alias[column] as number);
  };
}
