/** An archive that a program writes from sources, which it does not run. */
export interface Package {
  /** Absolute. */
  archive: string;
  /** Absolute paths of what it is bundled from. */
  sources: readonly string[];
  /** Writes it again. @returns  Whether nothing else of the program depends on what changed. @throws Error */
  again(): Promise<boolean>;
}

/** The packages of the program that runs in this process: it and the local cloud load nothing of each other. */
const PACKAGES = Symbol.for("paddock.packages");

const isCode = (file: string) => /\.[cm]?[jt]sx?$/.test(file);

function packagesHere(): readonly Package[] {
  return (globalThis as { [PACKAGES]?: readonly Package[] })[PACKAGES] ?? [];
}

/** The code that is in archives only, by archive: the program itself has not loaded it. */
export function sourcesHere(): Readonly<Record<string, readonly string[]>> {
  const isOnlyPacked = (file: string) =>
    isCode(file) && !file.includes("node_modules") && require.cache[file] === undefined;
  return Object.fromEntries(
    packagesHere().map(({ archive, sources }) => [archive, sources.filter(isOnlyPacked)]),
  );
}

/**
 * Writes again the archives that the changed files are in.
 *
 * @returns  New paths by old ones; `undefined` where the program has to be evaluated.
 */
export async function packAgain(changed: readonly string[]): Promise<Map<string, string> | undefined> {
  const packed = new Set(Object.values(sourcesHere()).flat());
  if (!changed.every((file) => packed.has(file))) return undefined;
  const archives = new Map<string, string>();
  for (const each of packagesHere()) {
    if (!each.sources.some((file) => changed.includes(file))) continue;
    const before = each.archive;
    if (!(await each.again())) return undefined;
    archives.set(before, each.archive);
  }
  return archives;
}
