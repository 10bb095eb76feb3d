import fs from "node:fs";
import path from "node:path";

/** Folders and files of a project that its declaration is made from. */
const FOLDERS = ["infra", "functions"];
const FILES = /^(index\.ts|Pulumi(\..+)?\.yaml|package-lock\.json)$/;

/**
 * Calls `changed` with a changed file's path, relative to the project, as soon as it changes.
 *
 * @returns  Ends the watch.
 */
export function watchSources(projectDir: string, changed: (file: string) => void): () => void {
  const watchers = FOLDERS.filter((folder) => fs.existsSync(path.join(projectDir, folder))).map((folder) =>
    fs.watch(path.join(projectDir, folder), { recursive: true }, (_event, file) => {
      if (file !== null && !/(^|[\\/])(__pycache__|\.venv)([\\/]|$)/.test(file))
        changed(path.join(folder, file));
    }),
  );
  watchers.push(
    fs.watch(projectDir, (_event, file) => {
      if (file !== null && FILES.test(file)) changed(file);
    }),
  );
  return () => {
    for (const watcher of watchers) watcher.close();
  };
}
