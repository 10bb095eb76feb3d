import { execFileSync } from "node:child_process";
import fs from "node:fs";

/** `ps` is a process of its own each time. */
const POLL_MS = process.platform === "linux" ? 250 : 2_000;

/**
 * Calls `stop` once when this process should end: by Ctrl-C, by `SIGTERM`, or by the end of npm, whose shell does not hand
 * on the signal that ends it.
 */
export function onEnd(stop: () => Promise<void>): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void stop().then(() => process.exit(0));
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  if (process.env.npm_lifecycle_event === undefined) return;
  // The parent is tsx, and npm's shell is the parent of that: a process whose parent ends gets another one.
  const { ppid } = process;
  const shell = parentOf(ppid);
  setInterval(() => {
    if (process.ppid !== ppid || parentOf(ppid) !== shell) end();
  }, POLL_MS).unref();
}

/** The parent of a process, as its system says it; `undefined` if the process is gone or the system does not say. */
function parentOf(pid: number): string | undefined {
  try {
    if (process.platform === "linux") {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name in parentheses may hold blanks; the parent is the 4th field (proc(5)).
      return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
    }
    const args = ["-o", "ppid=", "-p", String(pid)];
    return execFileSync("ps", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}
