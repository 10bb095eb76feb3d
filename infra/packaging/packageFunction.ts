import path from "node:path";
import { type Bundle, bundleFunction } from "./bundleFunction";
import { PROJECT_ROOT } from "./paths";
import { type Archive, type ArchiveFiles, writeArchive } from "./writeArchive";

interface FunctionPackage extends Pick<Bundle, "usesSharp"> {
  readonly archive: Archive;
}

/**
 * The local cloud's list of archives that can be written again without an evaluation, where their sources alone changed:
 * `Package` in `local/program/packages.ts`.
 */
const PACKAGES = Symbol.for("paddock.packages");

/**
 * Bundles a function and writes its archive.
 *
 * @param name    The archive's.
 * @param folder  The function's, below `functions/`.
 * @param files   Files of the archive beside the bundle.
 */
export function packageFunction(name: string, folder: string, files: ArchiveFiles = {}): FunctionPackage {
  const absolute = path.join(PROJECT_ROOT, "functions", folder);
  const pack = () => {
    const { files: bundled, maps, usesSharp, inputs } = bundleFunction(absolute);
    const archive = writeArchive(name, { ...bundled, ...files }, maps);
    return { archive, usesSharp, sources: inputs.map((input) => path.join(PROJECT_ROOT, input)) };
  };
  const { archive, usesSharp, sources } = pack();
  const kept = {
    archive: archive.path,
    sources,
    async again() {
      const next = pack();
      await next.archive.written;
      Object.assign(kept, { archive: next.archive.path, sources: next.sources });
      return next.usesSharp === usesSharp;
    },
  };
  const global = globalThis as { [PACKAGES]?: object[] };
  global[PACKAGES] ??= [];
  global[PACKAGES].push(kept);
  return { archive, usesSharp };
}
