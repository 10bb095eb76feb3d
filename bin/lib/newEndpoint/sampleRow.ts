import type { Nested, RowDataType } from "../../../functions/shared/rowTensor";
import { listAxes, type RowModel } from "./readRowModel";

/** Length of a list whose size is the caller's: several inputs may have to agree. */
const FREE_LENGTH = 3;

/** A value that most models take: indices into a table are small, and a table has more than one row. */
const VALUES: Readonly<Record<RowDataType, (index: number) => number | boolean | string>> = {
  FP32: (index) => (index + 1) / 2,
  FP64: (index) => (index + 1) / 2,
  INT32: () => 1,
  INT64: () => 1,
  UINT8: () => 1,
  BOOL: () => true,
  BYTES: () => "a",
};

/** A request that a model's inputs allow; the user puts a real one in its place. */
export function sampleRow({ inputs }: RowModel): Record<string, Nested<number | boolean | string>> {
  return Object.fromEntries(
    inputs.map(({ name, dtype, shape }) => {
      let index = 0;
      const fill = ([size, ...others]: readonly number[]): Nested<number | boolean | string> =>
        size === undefined
          ? VALUES[dtype](index++)
          : Array.from({ length: size < 0 ? FREE_LENGTH : size }, () => fill(others));
      return [name, fill(listAxes(shape))];
    }),
  );
}
