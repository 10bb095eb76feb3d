import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Card } from "../../functions/shared/card";

const functionsFolder = path.resolve(__dirname, "../../functions");

/** Files that are a model or an archive of one, below a `model/` folder, relative to it. */
function modelFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(onnx|tar\.gz)$/.test(file) && !file.includes(".venv"))
    .map((file) => file.split(path.sep).join("/"))
    .sort();
}

const endpoints = readdirSync(functionsFolder).filter((name) =>
  existsSync(path.join(functionsFolder, name, "model")),
);

describe("model cards", () => {
  it("Model cards are there to be checked", () => {
    assert.deepEqual(
      ["breast-cancer", "iris", "pricing"].filter((name) => !endpoints.includes(name)),
      [],
    );
  });

  for (const name of endpoints) {
    it(`describe every model file of ${name} as it is`, () => {
      const folder = path.join(functionsFolder, name, "model");
      const card: Card = JSON.parse(readFileSync(path.join(folder, "card.json"), "utf8"));
      // A card lists every model, and may list what goes with it: labels, say.
      const listed = new Set([...modelFiles(folder), ...card.files.map((file) => file.path)]);
      const files = [...listed].sort().map((file) => {
        const content = readFileSync(path.join(folder, file));
        return {
          path: file,
          bytes: content.length,
          sha256: hash("sha256", content),
        };
      });
      assert.equal(card.name, name);
      assert.deepEqual(
        [...card.files].sort((a, b) => (a.path < b.path ? -1 : 1)),
        files,
      );
      assert.equal(card.samples[0]?.answer.status, 200);
    });

    it(`have a title for every sample of ${name}, the files that go with them, and a range for each label`, () => {
      const folder = path.join(functionsFolder, name);
      const card: Card = JSON.parse(readFileSync(path.join(folder, "model", "card.json"), "utf8"));
      for (const { title, file } of card.samples) {
        assert.ok(title);
        assert.ok(file === undefined || existsSync(path.join(folder, file)));
      }
      for (const { labels, ranges } of [...card.inputs, ...card.outputs]) {
        assert.equal((ranges ?? labels)?.length, labels?.length);
        assert.ok((ranges ?? []).every(([least = Number.NaN, most = Number.NaN]) => least < most));
      }
    });
  }
});
