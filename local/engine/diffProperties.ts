import { isDeepStrictEqual } from "node:util";
import type { Properties, Value } from "../resources/value";

/** One difference between two property bags. */
export interface PropertyChange {
  /** The path as Pulumi writes it: `environment.variables.MODEL`, `layers[0]`, `tags["a.b"]`. */
  readonly path: string;
  readonly kind: "add" | "update" | "delete";
}

/**
 * Finds the differences between two property bags, down to the single value. Archives and assets differ by their
 * content's hash.
 */
export function diffProperties(before: Properties, after: Properties): PropertyChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .flatMap((name) => diffValue(join("", name), before[name], after[name]));
}

/** The property that a path such as `environment.variables.A` or `layers[0]` begins with. */
export function topLevel(path: string): string {
  return path.split(/[.[]/)[0] as string;
}

function diffValue(path: string, before: Value, after: Value): PropertyChange[] {
  if (isSame(before, after)) return [];
  if (before === undefined) return [{ path, kind: "add" }];
  if (after === undefined) return [{ path, kind: "delete" }];
  if (Array.isArray(before) && Array.isArray(after)) {
    return Array.from({ length: Math.max(before.length, after.length) }, (_, i) =>
      diffValue(`${path}[${i}]`, before[i], after[i]),
    ).flat();
  }
  if (isMap(before) && isMap(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .sort()
      .flatMap((name) => diffValue(join(path, name), before[name], after[name]));
  }
  return [{ path, kind: "update" }];
}

function isSame(before: Value, after: Value): boolean {
  const [hashBefore, hashAfter] = [contentHash(before), contentHash(after)];
  if (hashBefore !== undefined && hashAfter !== undefined) return hashBefore === hashAfter;
  return isDeepStrictEqual(before, after);
}

function contentHash(value: Value): string | undefined {
  return isFile(value) && typeof value.sha256 === "string" ? value.sha256 : undefined;
}

function isFile(value: Value): value is Properties {
  return (
    typeof value === "object" &&
    value !== null &&
    ["archive", "asset", "text"].some((kind) => kind in value) &&
    "sha256" in value
  );
}

function isMap(value: Value): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isFile(value);
}

function join(path: string, name: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) return `${path}[${JSON.stringify(name)}]`;
  return path === "" ? name : `${path}.${name}`;
}
