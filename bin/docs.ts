import fs from "node:fs";
import path from "node:path";
import { command } from "@paddock/local/command";
import { policiesDocument } from "./lib/policiesDocument";
import { resourceTypesDocument } from "./lib/resourceTypesDocument";

const DOCS = path.resolve(__dirname, "../docs");

command({
  usage: "npm run docs",
  about:
    "Writes docs/policies.md from the rules themselves, and docs/resource-types.md from the local cloud's types.",
  options: {},
  run() {
    const policies = path.join(DOCS, "policies.md");
    fs.writeFileSync(policies, policiesDocument(fs.readFileSync(policies, "utf8")));
    fs.writeFileSync(path.join(DOCS, "resource-types.md"), resourceTypesDocument());
  },
});
