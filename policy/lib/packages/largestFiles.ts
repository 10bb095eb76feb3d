import { formatBytes } from "../formatBytes";

/** How many are named: enough to see what a package is full of. */
const NAMED_FILES = 3;

/** The largest files, for who has to take some out: `a 3.9 KB; b 1.1 KB`. */
export function largestFiles(files: readonly { readonly path: string; readonly size: number }[]): string {
  return [...files]
    .sort((a, b) => b.size - a.size)
    .slice(0, NAMED_FILES)
    .map(({ path, size }) => `${path} ${formatBytes(size)}`)
    .join("; ");
}
