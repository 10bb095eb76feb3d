import assert from "node:assert/strict";
import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fillOnce, hashFile, replaceFile } from "../../../local/resources/files";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

describe("Files", () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
  });

  it("that are replaced leave nothing beside them, and have the mode that is asked for", () => {
    const file = path.join(folder, "new", "key.json");
    for (const content of ["one", "two"]) replaceFile(file, content, { mode: 0o600 });
    assert.equal(fs.readFileSync(file, "utf8"), "two");
    assert.equal(fs.statSync(file).mode & 0o777, 0o600);
    assert.deepEqual(fs.readdirSync(path.dirname(file)), ["key.json"]);
  });

  it("that are filled once stay as the first made them, of two at a time too", async () => {
    const target = path.join(folder, "layers", "one");
    const fill = (content: string) =>
      fillOnce(target, async (draft) => {
        await fs.promises.mkdir(draft);
        await fs.promises.writeFile(path.join(draft, "file"), content);
      });
    assert.deepEqual(await Promise.all([fill("same"), fill("same")]), [target, target]);
    await fill("other");
    assert.equal(fs.readFileSync(path.join(target, "file"), "utf8"), "same");
    assert.deepEqual(fs.readdirSync(path.dirname(target)), ["one"]);
  });

  it("that cannot be filled do not appear", async () => {
    const target = path.join(folder, "code");
    const filled = fillOnce(target, async (draft) => {
      await fs.promises.writeFile(draft, "half");
      throw new Error("no archive");
    });
    await assert.rejects(filled, { message: "no archive" });
    assert.deepEqual(fs.readdirSync(folder), []);
  });

  it("are hashed in pieces as in one", () => {
    const file = path.join(folder, "model");
    const content = Buffer.alloc(2 ** 20 + 1, "weights");
    fs.writeFileSync(file, content);
    assert.equal(hashFile(file).digest("hex"), hash("sha256", content));
  });
});
