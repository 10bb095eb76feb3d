import assert from "node:assert/strict";
import { hash } from "node:crypto";
import fs from "node:fs";
import { unzipSync, type Zippable, zipSync } from "fflate";
import { writeArchive } from "../../../infra/packaging/writeArchive";

const text = (value: string) => new TextEncoder().encode(value);
const sha256 = (file: string) => hash("sha256", fs.readFileSync(file));

describe("writeArchive", () => {
  after(() => fs.rmSync(writeArchive("archive-test", { "b/c.txt": text("two"), "a.txt": text("one") }).path));

  it("writes every file, and says how large it is zipped and unzipped", () => {
    const archive = writeArchive("archive-test", { "b/c.txt": text("two"), "a.txt": text("one") });
    const files = unzipSync(fs.readFileSync(archive.path));
    assert.deepEqual(
      Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
      [
        ["a.txt", "one"],
        ["b/c.txt", "two"],
      ],
    );
    assert.deepEqual([archive.unzippedSize, archive.zippedSize], [6, fs.statSync(archive.path).size]);
  });

  it("gives the same bytes whenever the content is the same, in whatever order it comes", () => {
    const first = writeArchive("archive-test", { "b/c.txt": text("two"), "a.txt": text("one") });
    const digest = sha256(first.path);
    fs.rmSync(first.path);
    const second = writeArchive("archive-test", { "a.txt": text("one"), "b/c.txt": text("two") });
    assert.deepEqual([second.path, sha256(second.path)], [first.path, digest]);
  });

  it("Threads deflate a large archive to the bytes that one alone does", async () => {
    const large = Buffer.from(Array.from({ length: 900_000 }, (_, index) => `${index % 9973},`).join(""));
    const files = { "a.txt": large, "b.bin": large.subarray(1000, 600_000) };
    const archive = writeArchive("archive-test", files);
    assert.equal(fs.existsSync(archive.path), false);
    await archive.written;
    const zip = fs.readFileSync(archive.path);
    fs.rmSync(archive.path);
    const each = { attrs: 0o100644 << 16, os: 3 };
    const entries: Zippable = { "a.txt": [files["a.txt"], each], "b.bin": [files["b.bin"], each] };
    assert.ok(zip.equals(zipSync(entries, { level: 5, mtime: new Date(1980, 0, 1) })));
  });

  it("names another content otherwise", () => {
    const first = writeArchive("archive-test", { "b/c.txt": text("two"), "a.txt": text("one") });
    const moved = writeArchive("archive-test", { "b/c.tx": text("ttwo"), "a.txt": text("one") });
    fs.rmSync(moved.path);
    assert.notEqual(moved.path, first.path);
  });

  it("lets Lambda's own user read the files: mode 0644, made on Unix", () => {
    const { path } = writeArchive("archive-test", { "b/c.txt": text("two"), "a.txt": text("one") });
    const zip = fs.readFileSync(path);
    const entry = zip.indexOf(Buffer.from("PK\x01\x02"));
    assert.deepEqual([zip[entry + 5], zip.readUInt32LE(entry + 38) >>> 16], [3, 0o100644]);
  });
});
