import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { RESOURCE_TYPES } from "@paddock/local/cloud";
import { RULES } from "@paddock/policy";
import { policiesDocument } from "../../bin/lib/policiesDocument";
import { resourceTypesDocument } from "../../bin/lib/resourceTypesDocument";
import { s3ActionsDocument } from "../../bin/lib/s3ActionsDocument";

describe("docs/policies.md", () => {
  const written = fs.readFileSync(path.resolve(__dirname, "../../docs/policies.md"), "utf8");

  it("has the rules as they are (`npm run docs` writes them)", () => {
    assert.equal(written, policiesDocument(written));
  });

  it("docs/policies.md has every rule once", () => {
    const listed = [...written.matchAll(/^\| \[`([a-z0-9-]+)`\]/gm)].map(([, name]) => name);
    assert.deepEqual(listed.sort(), RULES.map(({ name }) => name).sort());
  });

  it("keeps the text above the tables", () => {
    assert.equal(policiesDocument("# Mine\n").split("\n")[0], "# Mine");
  });
});

describe("docs/resource-types.md", () => {
  const written = fs.readFileSync(path.resolve(__dirname, "../../docs/resource-types.md"), "utf8");

  it("has the types as they are (`npm run docs` writes them)", () => {
    assert.equal(written, resourceTypesDocument());
  });

  it("gives a reason for each property that is inert or rejected", () => {
    const rows = [...written.matchAll(/^\| (?:inert|refused) \| .* \| (.*) \|$/gm)];
    assert.ok(rows.length > RESOURCE_TYPES.length);
    assert.deepEqual(
      rows.filter(([, reason]) => (reason ?? "").length < 10),
      [],
    );
  });
});

describe("docs/s3-actions.md", () => {
  const written = fs.readFileSync(path.resolve(__dirname, "../../docs/s3-actions.md"), "utf8");

  it("has the actions as they are (`npm run docs` writes them)", () => {
    assert.equal(written, s3ActionsDocument());
  });

  it("gives a reason for each parameter that is inert or rejected", () => {
    const rows = [...written.matchAll(/^\| (?:inert|refused) \| (.*?) \| /gm)];
    assert.ok(rows.length > 40);
    assert.deepEqual(
      rows.filter(([, reason]) => (reason ?? "").length < 10),
      [],
    );
  });
});
