import fs from "node:fs";

/** The limit that macOS gives a shell; Windows has no such limit. */
const ASSUMED = 256;

/** How many files, sockets among them, this process may have open at a time; only Linux says. */
export function openFileLimit(): number {
  if (process.platform === "win32") return Number.POSITIVE_INFINITY;
  try {
    const [, soft] =
      /^Max open files\s+(\d+|unlimited)/m.exec(fs.readFileSync("/proc/self/limits", "utf8")) ?? [];
    return soft === "unlimited" ? Number.POSITIVE_INFINITY : Number(soft ?? ASSUMED);
  } catch {
    return ASSUMED;
  }
}
