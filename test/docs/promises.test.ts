import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const PAGE = fs.readFileSync(path.join(ROOT, "docs/promises.md"), "utf8");

/** Rows of the tables, without heads and rules. */
const rows = PAGE.split("\n").filter((line) => /^\| (?!---|\| promise|what \|)/.test(line));

describe("The promises", () => {
  it("The page of promises has more than 25 rows", () => assert.ok(rows.length > 25, `${rows.length} rows`));

  for (const row of rows) {
    const [, what = ""] = row.split("|");
    it(`have a test each that is there:${what.trimEnd()}`, () => {
      const [shown = ""] = row.split("|").slice(-2);
      // A file, and the titles that follow it.
      const parts = shown.split(/`(test\/[^`]+)`/).slice(1);
      assert.ok(parts.length > 0, "no test is named");
      for (let at = 0; at < parts.length; at += 2) {
        const [file = "", titles = ""] = parts.slice(at, at + 2);
        const source = fs.readFileSync(path.join(ROOT, file), "utf8");
        const named = [...titles.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => title);
        assert.ok(named.length > 0, `no title follows ${file}`);
        for (const title of named) assert.ok(source.includes(title), `${file} has no test "${title}"`);
      }
    });
  }
});
