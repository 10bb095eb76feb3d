import fs from "node:fs";

const LISTEN = "0A";

/** The process that listens on a port of this machine, e.g. `node (process 4711)`; only Linux says, and of one's own. */
export function portHolder(port: number): string | undefined {
  try {
    const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
    const inodes = ["/proc/net/tcp", "/proc/net/tcp6"]
      .flatMap((file) => fs.readFileSync(file, "utf8").split("\n").slice(1))
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTEN)
      .map((fields) => `socket:[${fields[9]}]`);
    const pid = fs.readdirSync("/proc").find((entry) => /^\d+$/.test(entry) && holdsOne(entry, inodes));
    if (pid === undefined) return undefined;
    return `${fs.readFileSync(`/proc/${pid}/comm`, "utf8").trim()} (process ${pid})`;
  } catch {
    return undefined;
  }
}

function holdsOne(pid: string, inodes: readonly string[]): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return fs.readdirSync(folder).some((fd) => inodes.includes(linkOf(`${folder}/${fd}`)));
  } catch {
    // Somebody else's process, or one that has just ended.
    return false;
  }
}

function linkOf(file: string): string {
  try {
    return fs.readlinkSync(file);
  } catch {
    // Closed since the folder was read: the others of the process still count.
    return "";
  }
}
