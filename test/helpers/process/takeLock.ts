import fs from "node:fs";
import path from "node:path";
import { isAlive } from "./isAlive";

/**
 * Takes a lock that processes share, a file with the holder's id; one whose holder has died is taken away from it.
 *
 * @returns  Whether this process has it now. Who has it removes the file in the end.
 */
export function takeLock(file: string): boolean {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    const holder = Number(fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");
    if (holder > 0 && !isAlive(holder)) fs.rmSync(file, { force: true });
    return false;
  }
}
