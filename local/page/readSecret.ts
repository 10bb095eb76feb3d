import { randomBytes } from "node:crypto";
import { readDataFile, writeDataFile } from "../resources/dataFile";

/** The secret that the page's API asks for, made at first and readable by this user only. */
export function readSecret(file: string): string {
  const kept = readDataFile<{ secret: string }>(file, "delete it, and the page gets another secret");
  if (kept !== undefined) return kept.secret;
  const secret = randomBytes(24).toString("base64url");
  writeDataFile(file, { secret }, 0o600);
  return secret;
}
