import { execFileSync } from "node:child_process";
import fs from "node:fs";

/**
 * When a process was started, as its system says it: a process id is given again, and never with the same start.
 * `undefined` where the process is gone or the system does not say.
 */
export function processStart(pid: number): string | undefined {
  try {
    if (process.platform === "linux") {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name in parentheses may hold blanks; the start is the 22nd field, counted in ticks since the boot (proc(5)).
      const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
      return `${fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${ticks}`;
    }
    const stdio = ["ignore", "pipe", "ignore"] as const;
    return (
      execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], {
        encoding: "utf8",
        stdio: [...stdio],
      }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}
