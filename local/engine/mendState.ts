import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/**
 * Takes away what keeps the state from being used after an engine was killed: its lock, which the next command would
 * want `pulumi cancel` for, and what it was writing about a file beside it (the file itself is replaced in one step).
 * Nobody else's locks are in the state on this machine, and what is written beside a file may be missing.
 *
 * @param dataDir  Of the local cloud.
 */
export function mendState(dataDir: string): void {
  const folder = path.join(dataDir, "state", ".pulumi");
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const isLock = path.relative(folder, file).split(path.sep)[0] === "locks";
    const isBroken = entry.name.endsWith(".attrs") ? !isJson(file) : isLock && isDead(file);
    if (isBroken) fs.rmSync(file, { force: true });
  }
}

function isJson(file: string): boolean {
  try {
    JSON.parse(fs.readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}

/** Whether the process that a lock names is gone. */
function isDead(lock: string): boolean {
  try {
    const { pid, hostname } = JSON.parse(fs.readFileSync(lock, "utf8")) as { pid: number; hostname: string };
    if (hostname === os.hostname()) process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
