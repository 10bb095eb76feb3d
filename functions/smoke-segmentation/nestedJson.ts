/**
 * Nested JSON lists of an array in C order.
 *
 * @param entry  Text of the value at an index.
 */
export function nestedJson(shape: readonly number[], entry: (index: number) => string): string {
  let next = 0;
  const list = (axis: number): string => {
    const length = shape[axis] as number;
    const entries: string[] = [];
    const last = axis === shape.length - 1;
    for (let i = 0; i < length; i++) entries.push(last ? entry(next++) : list(axis + 1));
    return `[${entries.join(",")}]`;
  };
  return list(0);
}
