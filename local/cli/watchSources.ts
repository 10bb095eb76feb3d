import path from "node:path";
import { watch } from "chokidar";

/** Folders and files of a project that its declaration is made from. */
const FOLDERS = ["infra", "functions"];
const FILES = /^(index\.ts|Pulumi(\..+)?\.yaml|package-lock\.json)$/;

/** Files that editors and interpreters leave beside sources. */
const BYPRODUCT = /^(\..+|__pycache__|node_modules|.*~|4913)$/;

export interface SourceChange {
  /** Path relative to the project, with slashes. */
  readonly file: string;
  readonly kind: "added" | "changed" | "removed";
}

/**
 * Calls `changed` with each change of a project's sources, however the editor saves: in place, or by a rename over the
 * file, after which `fs.watch` would go on looking at the file that was replaced.
 *
 * @returns  Ends the watch. Resolved when every file is watched.
 */
export async function watchSources(
  projectDir: string,
  changed: (change: SourceChange) => void,
): Promise<() => Promise<void>> {
  const relative = (file: string) => path.relative(projectDir, file).split(path.sep).join("/");
  const isSource = (file: string) => {
    const [first = "", ...rest] = relative(file).split("/");
    if (first === "") return true;
    return rest.length === 0
      ? FOLDERS.includes(first) || FILES.test(first)
      : FOLDERS.includes(first) && !rest.some((segment) => BYPRODUCT.test(segment));
  };
  const watcher = watch(projectDir, { ignored: (file) => !isSource(file), ignoreInitial: true });
  const tell = (kind: SourceChange["kind"]) => (file: string) => changed({ file: relative(file), kind });
  watcher.on("add", tell("added")).on("change", tell("changed")).on("unlink", tell("removed"));
  await new Promise<void>((resolve, reject) => {
    watcher.once("ready", resolve).once("error", reject);
  });
  return () => watcher.close();
}
