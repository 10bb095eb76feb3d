import fs from "node:fs";
import path from "node:path";
import { isScalar, parse, parseDocument, visit } from "yaml";

/** Reads a YAML file of keys; an empty one is an empty object. @throws Error  One line: it is missing, or no such file. */
export function readYaml(file: string): object {
  if (!fs.existsSync(file)) throw new Error(`There is no ${path.basename(file)} in ${path.dirname(file)}.`);
  const value = parseYaml(file) ?? {};
  if (typeof value === "object" && !Array.isArray(value)) return value;
  throw new Error(`${path.basename(file)} must hold keys with values, as in \`name: paddock\`.`);
}

function parseYaml(file: string): unknown {
  try {
    return parse(fs.readFileSync(file, "utf8"));
  } catch (cause) {
    // The parser's first line announces the place, which it shows below.
    const [reason] = (cause as Error).message.split(/:?\n/);
    throw new Error(`${path.basename(file)}: ${reason}`, { cause });
  }
}

/** A time in YAML 1.1, which Pulumi reads: https://yaml.org/type/timestamp.html */
const BARE_DATE = /^\d{4}-\d{1,2}-\d{1,2}([Tt\s].*)?$/;

/**
 * Rejects dates without quotes: they are text for this reader, and times for Pulumi, which takes none in a configuration.
 *
 * @throws Error  One line with the place of the first one.
 */
export function rejectBareDates(file: string): void {
  const document = parseDocument(fs.readFileSync(file, "utf8"));
  visit(document, {
    Scalar(_key, node) {
      if (!isScalar(node) || node.type !== "PLAIN" || !BARE_DATE.test(String(node.source))) return;
      const line = fs.readFileSync(file, "utf8").slice(0, node.range?.[0]).split("\n").length;
      throw new Error(
        `${path.basename(file)}:${line}: ${node.source} is a date without quotes, which Pulumi rejects: write "${node.source}".`,
      );
    },
  });
}
