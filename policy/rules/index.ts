import fs from "node:fs";
import path from "node:path";
import type { Rule } from "../lib/rule";

/** Every rule, in the order of their files: `<service>/<what>.ts` exports the rule `<service>-<what>`. */
export const RULES: readonly Rule[] = fs
  .readdirSync(__dirname, { recursive: true, encoding: "utf8" })
  .filter((file) => file.includes(path.sep) && file.endsWith(".ts"))
  .sort()
  .flatMap((file) => Object.values(require(path.join(__dirname, file)) as Record<string, Rule>));
