/** Orders versions by their numbers, which may be times of up to 18 digits: more than a double holds. */
export function compareVersions(a: string, b: string): number {
  const [first, second] = [BigInt(a), BigInt(b)];
  return first < second ? -1 : Number(first > second);
}
