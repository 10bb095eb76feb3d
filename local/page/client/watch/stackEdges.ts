import type { ResourceSummary } from "../../apiTypes";

type Edge = readonly [from: string, to: string];

/**
 * Dependencies between the shown resources, by way of those that are not shown, and without those that two others make up
 * for.
 */
export function stackEdges(
  shown: readonly ResourceSummary[],
  resources: readonly ResourceSummary[],
): readonly Edge[] {
  return withoutShortcuts(edgesAmong(shown, resources));
}

/** Edges without those that another way says, too: of A to B, B to C and A to C the last one goes. */
function withoutShortcuts(edges: readonly Edge[]): readonly Edge[] {
  const next = (urn: string) => edges.filter(([from]) => from === urn).map(([, to]) => to);
  const reached = new Map<string, ReadonlySet<string>>();
  const reach = (urn: string): ReadonlySet<string> => {
    const known = reached.get(urn);
    if (known) return known;
    const found = new Set(next(urn).flatMap((to) => [to, ...reach(to)]));
    reached.set(urn, found);
    return found;
  };
  return edges.filter(([from, to]) => !next(from).some((other) => reach(other).has(to)));
}

/** Dependencies between the shown resources, by way of those that are not shown. */
function edgesAmong(
  shown: readonly ResourceSummary[],
  resources: readonly ResourceSummary[],
): readonly Edge[] {
  const isShown = new Set(shown.map(({ urn }) => urn));
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  return shown.flatMap(({ urn }) => {
    const found = new Set<string>();
    const seen = new Set([urn]);
    const visit = (each: string) => {
      for (const dependency of byUrn.get(each)?.dependencies ?? []) {
        if (seen.has(dependency)) continue;
        seen.add(dependency);
        if (isShown.has(dependency)) found.add(dependency);
        else visit(dependency);
      }
    };
    visit(urn);
    return [...found].map((to): Edge => [urn, to]);
  });
}
