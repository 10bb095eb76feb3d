import { execFileSync } from "node:child_process";
import fs from "node:fs";

/** Facts about a process: the field of `/proc/<pid>/stat` after the name (proc(5)), and `ps`'s word for it. */
const FACTS = {
  /** Its group's id. */
  group: { field: 2, keyword: "pgid" },
  /** The group to which its terminal's keys go; -1 without a terminal. */
  foreground: { field: 5, keyword: "tpgid" },
  /** Its parent's id. */
  parent: { field: 1, keyword: "ppid" },
  /** Its start; on Linux in ticks since the boot. */
  start: { field: 19, keyword: "lstart" },
} as const;

/** A fact about a process, as its system says it; `undefined` if the process is gone or the system does not say. */
export function processFact(pid: number, fact: keyof typeof FACTS): string | undefined {
  const { field, keyword } = FACTS[fact];
  try {
    if (process.platform === "linux") {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
      // The name in parentheses may hold blanks.
      return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[field];
    }
    const stdio = ["ignore", "pipe", "ignore"] as const;
    const printed = execFileSync("ps", ["-o", `${keyword}=`, "-p", String(pid)], {
      encoding: "utf8",
      stdio: [...stdio],
    });
    return printed.trim() || undefined;
  } catch {
    return undefined;
  }
}
