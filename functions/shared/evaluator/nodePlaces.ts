import { NotEvaluable } from "./value";

/**
 * Finds where a node is listed, by its tree and its id.
 *
 * @returns  A function that throws {@link NotEvaluable} for a node that is not listed.
 */
export function nodePlaces(
  treeIds: readonly number[],
  nodeIds: readonly number[],
): (tree: number | undefined, id: number | undefined) => number {
  const find = placesInRuns(treeIds, nodeIds) ?? placesAnywhere(treeIds, nodeIds);
  return (tree = Number.NaN, id = Number.NaN) => {
    const at = find(tree, id);
    if (at === undefined) throw new NotEvaluable(`tree ${tree} leads to node ${id}, which is not there`);
    return at;
  };
}

type Find = (tree: number, id: number) => number | undefined;

/** Lists as converters write them, tree after tree, nodes by their ids from 0: no map of all nodes at a cold start. */
function placesInRuns(treeIds: readonly number[], nodeIds: readonly number[]): Find | undefined {
  const starts = new Map<number, number>();
  let start = 0;
  for (let i = 0; i < treeIds.length; i++) {
    const tree = treeIds[i] as number;
    if (i === 0 || tree !== treeIds[i - 1]) {
      if (starts.has(tree)) return undefined;
      starts.set(tree, i);
      start = i;
    }
    if (nodeIds[i] !== i - start) return undefined;
  }
  return (tree, id) => {
    const at = (starts.get(tree) ?? Number.NaN) + id;
    return treeIds[at] === tree && nodeIds[at] === id ? at : undefined;
  };
}

function placesAnywhere(treeIds: readonly number[], nodeIds: readonly number[]): Find {
  const places = new Map<number, Map<number, number>>();
  for (const [i, tree] of treeIds.entries()) {
    const nodes = places.get(tree) ?? new Map<number, number>();
    places.set(tree, nodes.set(nodeIds[i] ?? Number.NaN, i));
  }
  return (tree, id) => places.get(tree)?.get(id);
}
