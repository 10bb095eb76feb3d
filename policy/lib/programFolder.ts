import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** Names the program's project folder where a pack cannot find it by itself. */
export const PROGRAM_VARIABLE = "PADDOCK_PROGRAM";

/** Enough for a CLI that a script of a script started. */
const MAX_ANCESTORS = 8;

/**
 * Finds the folder of a project's `Pulumi.yaml`, which the engine does not tell a policy pack: above the pack, where a
 * process lies that started it (Linux), or where the variable `PADDOCK_PROGRAM` says.
 */
export function findProjectDir(
  project: string,
  packDir: string,
  started: () => readonly string[] = foldersOfAncestors,
): string | undefined {
  const isProject = (folder: string) => projectIn(folder)?.name === project;
  return (
    upward(packDir).find(isProject) ??
    started().flatMap(upward).find(isProject) ??
    [process.env[PROGRAM_VARIABLE]].flatMap((folder) => folder ?? []).find(isProject)
  );
}

/** The folder that a project's program runs in, which its archives are relative to. */
export function programFolder(projectDir: string): string {
  const main = path.resolve(projectDir, projectIn(projectDir)?.main ?? ".");
  return fs.statSync(main, { throwIfNoEntry: false })?.isDirectory() === false ? path.dirname(main) : main;
}

function projectIn(folder: string): { name?: string; main?: string } | undefined {
  const file = path.join(folder, "Pulumi.yaml");
  if (!fs.existsSync(file)) return undefined;
  try {
    return parse(fs.readFileSync(file, "utf8")) ?? {};
  } catch {
    // A file of somebody else that is not YAML must not end the pack.
    return {};
  }
}

/** A folder and those above it. */
function upward(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...upward(parent)];
}

/** The folders in which this process's ancestors run, nearest first; none where the system does not say. */
function foldersOfAncestors(): string[] {
  const folders: string[] = [];
  let pid = process.ppid;
  try {
    for (let count = 0; pid > 1 && count < MAX_ANCESTORS; count++) {
      folders.push(fs.readlinkSync(`/proc/${pid}/cwd`));
      // The name in brackets may hold spaces; the parent's id is the second field after it.
      pid = Number(fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]);
    }
  } catch {
    // Another system, or a process of another user.
  }
  return folders;
}
