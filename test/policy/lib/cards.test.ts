import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { cardedFiles } from "../../../policy/lib/cards";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

describe("cardedFiles", () => {
  it("finds the files of a program's cards by their digests, and passes over cards of another form", () => {
    const root = temporaryFolder();
    const cards = {
      own: '{"license": "MIT", "files": [{"sha256": "AB12"}]}',
      parts: '{"license": {"model": "Apache-2.0"}, "files": [{"sha256": "cd34"}]}',
      unlicensed: '{"license": 5, "files": [{"sha256": "ef56"}, {"sha256": 7}, null, "x"]}',
      list: "[]",
      nothing: "null",
      damaged: "{",
    };
    for (const [folder, card] of Object.entries(cards)) {
      fs.mkdirSync(path.join(root, folder));
      fs.writeFileSync(path.join(root, folder, "card.json"), card);
    }
    assert.deepEqual(
      cardedFiles(root),
      new Map([
        ["ab12", { license: "MIT" }],
        ["ef56", { license: undefined }],
        ["cd34", { license: "Apache-2.0" }],
      ]),
    );
  });
});
