import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/**
 * Removes the locks of engines that were killed, so that the next command need not begin with `pulumi cancel`. A lock
 * names its process: in the state on this machine there is nobody else's.
 *
 * @param dataDir  Of the local cloud.
 */
export function releaseDeadLocks(dataDir: string): void {
  const folder = path.join(dataDir, "state", ".pulumi", "locks");
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && entry.name.endsWith(".json") && isDead(file)) fs.rmSync(file, { force: true });
  }
}

function isDead(file: string): boolean {
  try {
    const { pid, hostname } = JSON.parse(fs.readFileSync(file, "utf8")) as { pid: number; hostname: string };
    if (hostname !== os.hostname()) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
