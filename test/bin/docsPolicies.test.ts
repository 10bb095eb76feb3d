import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { RULES } from "@paddock/policy";
import { policiesDocument } from "../../bin/lib/policiesDocument";

describe("docs/policies.md", () => {
  const written = fs.readFileSync(path.resolve(__dirname, "../../docs/policies.md"), "utf8");

  it("has the rules as they are (`npm run docs:policies` writes them)", () => {
    assert.equal(written, policiesDocument(written));
  });

  it("has every rule once", () => {
    const listed = [...written.matchAll(/^\| \[`([a-z0-9-]+)`\]/gm)].map(([, name]) => name);
    assert.deepStrictEqual(listed.sort(), RULES.map(({ name }) => name).sort());
  });

  it("keeps what is written above the tables", () => {
    assert.equal(policiesDocument("# Mine\n").split("\n")[0], "# Mine");
  });
});
