import fs from "node:fs";
import path from "node:path";
import { getDotPath, safeParse } from "valibot";
import type { Card } from "../functions/shared/card";
import { cardSchema } from "./cardSchema";
import { PROJECT_ROOT } from "./packaging/paths";

/** Problems that an error names. */
const MAX_NAMED = 3;

/**
 * Reads an endpoint's `model/card.json`: a description of its model, and a sample request with its response.
 *
 * @throws Error  One line with the card's file, the fields that are wrong, and what they must be.
 */
export function readCard(folder: string): Card {
  const file = path.join(folder, "model", "card.json");
  const shown = path.relative(PROJECT_ROOT, file);
  if (!fs.existsSync(file)) {
    throw new Error(
      `There is no ${shown}: every endpoint has a card that describes its model (CONTRIBUTING.md, "A new model").`,
    );
  }
  const { success, output, issues } = safeParse(cardSchema, parse(file, shown));
  if (!success) {
    const named = issues.slice(0, MAX_NAMED).map((issue) => {
      const missing = issue.kind === "schema" && issue.input === undefined;
      return `\`${getDotPath(issue) ?? "it"}\` ${missing ? "is missing" : issue.message}`;
    });
    const more = issues.length > MAX_NAMED ? `; and ${issues.length - MAX_NAMED} more` : "";
    throw new Error(`${shown}: ${named.join("; ")}${more}. functions/iris/model/card.json is an example.`);
  }
  const name = path.basename(folder);
  if (output.name !== name) {
    throw new Error(`${shown}: \`name\` is "${output.name}"; it must be "${name}", as its folder is called.`);
  }
  return output;
}

function parse(file: string, shown: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(`${shown} is not JSON: ${(cause as Error).message}.`, { cause });
  }
}
