/**
 * Computes how often a cache of the least recently used finds what is asked for, by Che's approximation: all stay for
 * the same time, the one after which as many different ones were asked for as there is room for.
 *
 * @param probabilities  How likely a request is for each.
 * @see https://arxiv.org/abs/1202.3974
 */
export function lruHitRate(probabilities: Float64Array, capacity: number): number {
  if (capacity >= probabilities.length) return 1;
  const kept = (requests: number) => sum(probabilities, (p) => -Math.expm1(-p * requests));
  let [low, high] = [capacity, 2 * capacity];
  while (kept(high) < capacity) [low, high] = [high, 2 * high];
  while (high - low > 1e-6 * high) {
    const middle = (low + high) / 2;
    if (kept(middle) < capacity) low = middle;
    else high = middle;
  }
  return sum(probabilities, (p) => -p * Math.expm1(-p * high));
}

function sum(values: Float64Array, of: (value: number) => number): number {
  let total = 0;
  for (const value of values) total += of(value);
  return total;
}
