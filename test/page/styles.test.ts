import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";

const CLIENT = path.resolve(__dirname, "../../local/page/client");

function classesOf(file: string): Set<string> {
  const css = fs.readFileSync(path.join(CLIENT, file), "utf8");
  return new Set(css.match(/\.[a-z][\w-]*(?=[^{}]*\{)/g));
}

describe("The page's styles", () => {
  it("No class has rules in the styles of both halves: each would change the other's look", () => {
    const [shared, tried, watched] = ["base.css", "try/try.css", "watch/watch.css"].map(classesOf);
    assert.ok(shared && tried && watched && tried.size > 20 && watched.size > 10);
    assert.deepEqual(
      [...tried].filter((name) => watched.has(name) && !shared.has(name)),
      [],
    );
  });
});
