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
      const place = nodePlaces(trees, nodes);
      for (const [i, tree] of trees.entries()) assert.equal(place(tree, nodes[i]), i);
      for (const [tree, id] of [
        [0, 3],
        [7, 2],
        [1, 0],
        [0, -1],
        [7, -1],
        [undefined, 0],
      ] as const) {
        assert.throws(() => place(tree, id), { name: "NotEvaluable" });
      }
    });
  }
});
