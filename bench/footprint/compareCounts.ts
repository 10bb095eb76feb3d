import type { Footprint } from "./footprint";
import { type Counter, type Counts, KIND_NAMES, KINDS, type Kind, shown } from "./kinds";

/**
 * Says which counts grew beyond their tolerance, a line each.
 *
 * @param name      The function's.
 * @param recorded  What is allowed; kinds that are not in it are not compared.
 */
export function grownCounts(name: string, seen: Counts, recorded: Counts): string[] {
  return KIND_NAMES.flatMap((kindName) => {
    const [value, before] = [seen[kindName], recorded[kindName]];
    if (value === undefined || before === undefined) return [];
    const kind: Kind = KINDS[kindName];
    const [share, beyond] = kind.tolerance;
    const allowed = before * (1 + share) + beyond;
    if (value <= allowed) return [];
    const unit = kind.unit === undefined ? "" : ` ${kind.unit}`;
    return [
      `${name}: ${kind.says} ${shown(kind, value)}${unit}, ${shown(kind, allowed)} are allowed: ` +
        "find out why, or `npm run footprint -- --write`",
    ];
  });
}

/** Keeps the counts that are made one of these ways. */
export function countedBy(counts: Counts, ...counters: readonly Counter[]): Counts {
  return Object.fromEntries(
    KIND_NAMES.flatMap((name) => {
      const value = counts[name];
      return value !== undefined && counters.includes(KINDS[name].by) ? [[name, value]] : [];
    }),
  );
}

/** Says what grew since a footprint was recorded; what depends on the machine is compared only on the same one. */
export function grownSince(recorded: Footprint, seen: Footprint): string[] {
  const packages = Object.entries(seen.packages).flatMap(([name, counts]) =>
    grownCounts(name, counts, recorded.packages[name] ?? {}),
  );
  if (seen.machine !== recorded.machine) return packages;
  const endpoints = Object.entries(seen.endpoints).flatMap(([name, { counts }]) =>
    grownCounts(name, counts, recorded.endpoints[name]?.counts ?? {}),
  );
  return [...packages, ...endpoints];
}
