import fs from "node:fs";
import path from "node:path";
import { command, progress } from "@paddock/local/command";
import { policiesDocument } from "./lib/policiesDocument";
import { resourceTypesDocument } from "./lib/resourceTypesDocument";
import { s3ActionsDocument } from "./lib/s3ActionsDocument";

const DOCS = path.resolve(__dirname, "../docs");

command({
  usage: "npm run docs",
  about:
    "Writes docs/policies.md from the rules themselves, docs/resource-types.md and docs/s3-actions.md from the local cloud's types and actions.",
  options: {},
  run() {
    progress.step("Writing the pages");
    const policies = path.join(DOCS, "policies.md");
    fs.writeFileSync(policies, policiesDocument(fs.readFileSync(policies, "utf8")));
    fs.writeFileSync(path.join(DOCS, "resource-types.md"), resourceTypesDocument());
    fs.writeFileSync(path.join(DOCS, "s3-actions.md"), s3ActionsDocument());
    progress.end();
  },
});
