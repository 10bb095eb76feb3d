import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { unpackArchive } from "../../../../local/services/lambda/unpackArchive";
import { zipFunction } from "../../../helpers/services/zipFunction";

describe("unpackArchive", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "paddock-unpack-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const unpack = (zipFile: string) => unpackArchive(zipFile, path.join(folder, "unpacked"), "key");

  it("gives a folder with the archive's files, links within it included", async () => {
    const zipFile = await zipFunction(path.join(folder, "a.zip"), {
      "a/b.txt": "content",
      "a/link.txt": { content: "b.txt", mode: 0o120777 },
    });
    const unpacked = await unpack(zipFile);
    assert.deepEqual(
      [
        unpacked,
        readFileSync(path.join(unpacked, "a/b.txt"), "utf8"),
        readFileSync(path.join(unpacked, "a/link.txt"), "utf8"),
      ],
      [path.join(folder, "unpacked", "key"), "content", "content"],
    );
  });

  it("takes what is unpacked already as it is", async () => {
    const zipFile = await zipFunction(path.join(folder, "a.zip"), { "a.txt": "1" });
    await unpack(zipFile);
    rmSync(zipFile);
    assert.equal(await unpack(zipFile), path.join(folder, "unpacked", "key"));
  });

  it("unpacks once when asked several times at once", async () => {
    const zipFile = await zipFunction(path.join(folder, "a.zip"), { "a.txt": "1" });
    await Promise.all([unpack(zipFile), unpack(zipFile), unpack(zipFile)]);
    assert.deepEqual(readdirSync(path.join(folder, "unpacked")), ["key"]);
  });

  for (const [title, files] of [
    ["a name that climbs out", { "aa/outside.txt": "x" }],
    ["a link that leads out", { "link.txt": { content: "../../outside.txt", mode: 0o120777 } }],
    ["a link to the root", { "link.txt": { content: "/etc/passwd", mode: 0o120777 } }],
  ] as const) {
    it(`rejects ${title}, and leaves nothing behind`, async () => {
      const zipFile = await zipFunction(path.join(folder, "a.zip"), files);
      if (title.includes("climbs")) {
        // No honest tool writes such a name: patch it into the archive.
        const bytes = readFileSync(zipFile).toString("latin1").replaceAll("aa/outside.txt", "../outside.txt");
        writeFileSync(zipFile, Buffer.from(bytes, "latin1"));
      }
      await assert.rejects(unpack(zipFile), /points outside the archive|invalid relative path/);
      assert.deepEqual(readdirSync(path.join(folder, "unpacked")), []);
      assert.equal(existsSync(path.join(folder, "outside.txt")), false);
    });
  }

  it("names a file that is not an archive", async () => {
    const zipFile = path.join(folder, "none.zip");
    await assert.rejects(unpack(zipFile), {
      message: `${zipFile} is not a zip archive that Lambda could unpack`,
    });
  });
});
