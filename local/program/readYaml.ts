import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";

/** Reads a YAML file; an empty one is an empty object. @throws Error  One line: it is missing, or no YAML. */
export function readYaml(file: string): unknown {
  if (!fs.existsSync(file)) throw new Error(`There is no ${path.basename(file)} in ${path.dirname(file)}.`);
  try {
    return parse(fs.readFileSync(file, "utf8")) ?? {};
  } catch (cause) {
    // The parser's first line announces the place, which it shows below.
    const [reason] = (cause as Error).message.split(/:?\n/);
    throw new Error(`${path.basename(file)}: ${reason}`, { cause });
  }
}
