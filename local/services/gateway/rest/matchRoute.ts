import type { Route } from "./restApiDefinition";

export interface RouteMatch {
  readonly route: Route;
  /** Percent-encoded, as the gateway passes them on. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/**
 * The resource a path belongs to: in each segment a literal comes before a `{parameter}`, and that before a
 * `{greedy+}` one. A slash at the end and doubled ones do not count, but a greedy one keeps those between its segments,
 * as recorded.
 */
export function matchRoute(routes: readonly Route[], path: string): RouteMatch | undefined {
  const wanted = splitPath(path);
  let best: RouteMatch | undefined;
  let bestRank = "";
  for (const route of routes) {
    const match = matchSegments(splitPath(route.path), wanted, path);
    if (match && (!best || match.rank < bestRank)) {
      best = { route, pathParameters: match.pathParameters };
      bestRank = match.rank;
    }
  }
  return best;
}

/** `rank` compares as text: 0 for a literal, 1 for a parameter, 2 for a greedy one, segment by segment. */
function matchSegments(template: readonly string[], wanted: readonly string[], path: string) {
  const pathParameters: [name: string, value: string][] = [];
  let rank = "";
  for (const [index, part] of template.entries()) {
    const [, name, greedy] = /^\{([^}+]+)(\+)?\}$/.exec(part) ?? [];
    const segment = wanted[index];
    if (segment === undefined) return undefined;
    if (name === undefined) {
      if (part !== segment) return undefined;
      rank += "0";
    } else if (greedy) {
      pathParameters.push([name, afterSegments(path, index)]);
      return { pathParameters: Object.fromEntries(pathParameters), rank: `${rank}2` };
    } else {
      pathParameters.push([name, segment]);
      rank += "1";
    }
  }
  return template.length === wanted.length
    ? { pathParameters: Object.fromEntries(pathParameters), rank }
    : undefined;
}

/** The rest of a path behind its first segments, without the slashes around it. */
function afterSegments(path: string, count: number): string {
  let rest = path.replace(/^\/+/, "");
  for (let i = 0; i < count; i++) rest = rest.slice(rest.indexOf("/")).replace(/^\/+/, "");
  let end = rest.length;
  while (rest[end - 1] === "/") end--;
  return rest.slice(0, end);
}

/** Segments of a path, those without text left out. */
export function splitPath(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}
