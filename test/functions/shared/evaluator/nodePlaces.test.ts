import assert from "node:assert/strict";
import { nodePlaces } from "../../../../functions/shared/evaluator/nodePlaces";

describe("nodePlaces", () => {
  const lists: Record<string, readonly [trees: number[], nodes: number[]]> = {
    "tree after tree": [
      [0, 0, 0, 7, 7],
      [0, 1, 2, 0, 1],
    ],
    "with trees that are mixed": [
      [0, 7, 0, 7, 0],
      [0, 0, 1, 1, 2],
    ],
    "with ids in another order": [
      [0, 0, 0, 7, 7],
      [2, 0, 1, 1, 0],
    ],
  };
  for (const [how, [trees, nodes]] of Object.entries(lists)) {
    it(`finds each node that is listed ${how}, and no other`, () => {
      const find = nodePlaces(trees, nodes);
      assert.deepEqual([...find(trees, nodes)], [0, 1, 2, 3, 4]);
      assert.deepEqual([...find([0, 7, 1, 0, 7, 0], [3, 2, 0, -1, -1])], [-1, -1, -1, -1, -1, -1]);
    });
  }
});
