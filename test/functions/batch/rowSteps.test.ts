import assert from "node:assert/strict";
import type { RawRow } from "../../../functions/batch/rawRow";
import { groupsOf, stepsOf } from "../../../functions/batch/rowSteps";

const MB = 1024 * 1024;

const rowsOf = (count: number, bytes: number): RawRow[] =>
  Array.from({ length: count }, () => ({ kind: "json", value: {}, bytes }));

async function stepSizes(rows: readonly RawRow[], rowsAtOnce: number): Promise<number[][]> {
  async function* file() {
    yield* rows;
  }
  const sizes: number[][] = [];
  for await (const step of stepsOf(file(), { rowsAtOnce })) sizes.push([step.from, step.rows.length]);
  return sizes;
}

const groupSizes = (rows: readonly RawRow[], rowsAtOnce: number, first = 0) =>
  [...groupsOf(rows, { rowsAtOnce }, first)].map((group) => [group[0]?.row, group.length]);

describe("the steps of a batch", () => {
  it("Small rows are a step by their number, large ones by their bytes", async () => {
    assert.deepEqual(await stepSizes(rowsOf(45, 100), 2), [
      [0, 40],
      [40, 5],
    ]);
    assert.deepEqual(await stepSizes(rowsOf(9, 5 * MB), 200), [
      [0, 4],
      [4, 4],
      [8, 1],
    ]);
  });

  it("A request has as many rows as the endpoint takes and Lambda lets through", () => {
    assert.deepEqual(groupSizes(rowsOf(5, 100), 2, 40), [
      [40, 2],
      [42, 2],
      [44, 1],
    ]);
    assert.deepEqual(groupSizes([...rowsOf(3, MB), ...rowsOf(1, 5 * MB), ...rowsOf(1, 1)], 200), [
      [0, 2],
      [2, 1],
      [3, 1],
      [4, 1],
    ]);
  });
});
