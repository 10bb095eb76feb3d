import { readFileSync } from "node:fs";

/**
 * Bytes of memory that a process has for itself: anonymous and shared anonymous pages. Mapped files (models on a
 * volume) are page cache and do not count. `undefined` where `/proc` does not exist or the process has ended.
 */
export function readPrivateMemory(pid: number): number | undefined {
  if (process.platform !== "linux") return undefined;
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, "latin1");
  } catch {
    return undefined;
  }
  const anonymous = /^RssAnon:\s+(\d+) kB$/m.exec(status);
  const shared = /^RssShmem:\s+(\d+) kB$/m.exec(status);
  if (!anonymous || !shared) return undefined;
  return (Number(anonymous[1]) + Number(shared[1])) * 1024;
}
