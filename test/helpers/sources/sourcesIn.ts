import fs from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../../..");

/** Lists the TypeScript in a folder of the project and below it, by paths from the project's root, on all systems with `/`. */
export function sourcesIn(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !file.includes("node_modules"))
    .map((file) => path.posix.join(folder, file.split(path.sep).join("/")));
}
