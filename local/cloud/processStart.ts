import fs from "node:fs";
import { processFact } from "./processFact";

/**
 * When a process was started, as its system says it: a process id is given again, and never with the same start.
 * `undefined` where the process is gone or the system does not say.
 */
export function processStart(pid: number): string | undefined {
  const start = processFact(pid, "start");
  if (start === undefined || process.platform !== "linux") return start;
  try {
    return `${fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${start}`;
  } catch {
    return undefined;
  }
}
