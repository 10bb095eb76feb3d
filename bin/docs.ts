import fs from "node:fs";
import path from "node:path";
import { policiesDocument } from "./lib/policiesDocument";
import { resourceTypesDocument } from "./lib/resourceTypesDocument";

/** Writes docs/policies.md from the rules themselves, and docs/resource-types.md from the local cloud's types. */
const docs = path.resolve(__dirname, "../docs");
const policies = path.join(docs, "policies.md");
fs.writeFileSync(policies, policiesDocument(fs.readFileSync(policies, "utf8")));
fs.writeFileSync(path.join(docs, "resource-types.md"), resourceTypesDocument());
