import fs from "node:fs";
import path from "node:path";
import {
  check,
  getDotPath,
  maxValue,
  minValue,
  number,
  object,
  optional,
  pipe,
  regex,
  safeParse,
  string,
} from "valibot";
import { PROJECT_ROOT } from "../packaging/paths";

const VERSION = pipe(string("must be a string"), regex(/^\d{1,18}$/, "must be a whole number"));
const PERCENT = pipe(
  number("must be a number"),
  minValue(0, "must be 0 to 100"),
  maxValue(100, "must be 0 to 100"),
);

/** The members that decide which version answers. */
const ALIASES = pipe(
  object(
    {
      live: VERSION,
      canary: optional(object({ version: VERSION, percent: PERCENT }, "must be an object")),
      shadow: optional(VERSION),
    },
    "must be an object",
  ),
  check(
    ({ live, canary }) => canary?.version !== live,
    "must have another version as `canary` than as `live`",
  ),
);

const MODEL_NAME = /^[\w.-]{1,128}$/;

/**
 * Finds the stack's files that say which versions of a model answer, by their keys.
 *
 * @throws Error  The endpoint could not follow one of them.
 */
export function stackAliases(folder: string, stack: string): [key: string, file: string][] {
  const aliases = path.join(folder, "model", "aliases", stack);
  if (!fs.existsSync(aliases)) return [];
  const names = fs.readdirSync(aliases).filter((file) => file.endsWith(".json"));
  return names.map((file) => {
    const model = path.basename(file, ".json");
    const found = path.join(aliases, file);
    const problem = MODEL_NAME.test(model) ? problemOf(found) : "must be named after a model";
    if (problem === undefined) return [`models/${model}/aliases.json`, found];
    throw new Error(`${path.relative(PROJECT_ROOT, found)} ${problem}, as \`{"live": "3"}\`.`);
  });
}

function problemOf(file: string): string | undefined {
  let content: unknown;
  try {
    content = JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return "must be JSON";
  }
  const [issue] = safeParse(ALIASES, content).issues ?? [];
  if (issue === undefined) return undefined;
  const at = getDotPath(issue);
  if (at === null) return issue.message;
  return `has \`${at}\`, which ${issue.input === undefined ? "is missing" : issue.message}`;
}
