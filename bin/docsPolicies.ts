import fs from "node:fs";
import path from "node:path";
import { policiesDocument } from "./lib/policiesDocument";

/** Writes docs/policies.md from the rules themselves. */
const file = path.resolve(__dirname, "../docs/policies.md");
fs.writeFileSync(file, policiesDocument(fs.readFileSync(file, "utf8")));
