import fs from "node:fs";
import path from "node:path";
import type { Card } from "../functions/shared/card";
import { PROJECT_ROOT } from "./packaging/paths";

/** Reads an endpoint's `model/card.json`: a description of its model, and a sample request with its response. */
export function readCard(folder: string): Card {
  const file = path.join(folder, "model", "card.json");
  if (!fs.existsSync(file)) {
    throw new Error(
      `There is no ${path.relative(PROJECT_ROOT, file)}: every endpoint has a card that describes its model (CONTRIBUTING.md, "A new model").`,
    );
  }
  return JSON.parse(fs.readFileSync(file, "utf8")) as Card;
}
