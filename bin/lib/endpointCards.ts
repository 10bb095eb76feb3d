import fs from "node:fs";
import path from "node:path";
import type { Card } from "../../functions/shared/card";
import { PROJECT_ROOT } from "../../infra/packaging/paths";
import { readCard } from "../../infra/readCard";

const FUNCTIONS = path.join(PROJECT_ROOT, "functions");

/** Reads the card of an endpoint of this project. @throws Error  There is none, or it is wrong. */
export function endpointCard(name: string): Card {
  return readCard(path.join(FUNCTIONS, name));
}

/** The cards of all endpoints of this project; a function without one is no endpoint. */
export function endpointCards(): Card[] {
  return fs
    .readdirSync(FUNCTIONS)
    .filter((name) => fs.existsSync(path.join(FUNCTIONS, name, "model", "card.json")))
    .map(endpointCard);
}
