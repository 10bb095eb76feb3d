/**
 * Finds where nodes are listed, each by its tree and its id.
 *
 * @returns  The places, -1 for a node that is not listed.
 */
export type FindPlaces = (trees: readonly number[], ids: readonly number[]) => Int32Array;

/** Prepares to find the nodes of a list. */
export function nodePlaces(treeIds: readonly number[], nodeIds: readonly number[]): FindPlaces {
  return placesInRuns(treeIds, nodeIds) ?? placesAnywhere(treeIds, nodeIds);
}

/** Lists as converters write them, tree after tree, nodes by their ids from 0: no map of all nodes at a cold start. */
function placesInRuns(treeIds: readonly number[], nodeIds: readonly number[]): FindPlaces | undefined {
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
  return (trees, ids) => {
    const places = new Int32Array(trees.length).fill(-1);
    let start = Number.NaN;
    for (let i = 0; i < trees.length; i++) {
      const tree = trees[i] as number;
      const id = ids[i] as number;
      if (i === 0 || tree !== trees[i - 1]) start = starts.get(tree) ?? Number.NaN;
      const at = start + id;
      if (treeIds[at] === tree && nodeIds[at] === id) places[i] = at;
    }
    return places;
  };
}

function placesAnywhere(treeIds: readonly number[], nodeIds: readonly number[]): FindPlaces {
  const places = new Map<number, Map<number, number>>();
  for (const [i, tree] of treeIds.entries()) {
    const nodes = places.get(tree) ?? new Map<number, number>();
    places.set(tree, nodes.set(nodeIds[i] ?? Number.NaN, i));
  }
  return (trees, ids) =>
    Int32Array.from(trees, (tree, i) => places.get(tree)?.get(ids[i] ?? Number.NaN) ?? -1);
}
