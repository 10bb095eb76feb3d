import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import fc from "fast-check";
import { DataFiles } from "../../../../../local/services/s3/store/dataFiles";
import { eventually } from "../../../../helpers/time/eventually";

describe("The data files of a bucket", () => {
  let folder: string;
  let data: DataFiles;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "data-"));
    data = await DataFiles.open(folder, new Set());
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = (content: string) => data.write(Readable.from([Buffer.from(content)]));

  it("read any range across files", async () => {
    const content = ["abc", "", "d", "efghij"];
    const segments = await Promise.all(content.map(write));
    const whole = content.join("");
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length), fc.nat(whole.length), async (start, end) => {
        assert.equal(await text(await data.read(segments, start, end)), whole.slice(start, end));
      }),
    );
  });

  it("keep a file until the last who reads it has ended", async () => {
    const segments = [await write("first"), await write("second")];
    const [one, other] = [await data.read(segments, 0, 11), await data.read(segments, 0, 11)];
    await data.remove(segments.map(({ file }) => file));
    assert.equal(await text(one), "firstsecond");
    assert.equal((await readdir(folder)).length, 2);
    assert.equal(await text(other), "firstsecond");
    await eventually(async () => assert.deepEqual(await readdir(folder), []));
  });

  it("leave nothing of what could not be written to its end", async () => {
    async function* broken() {
      yield Buffer.from("half");
      throw new Error("gone");
    }
    await assert.rejects(data.write(broken()), { message: "gone" });
    assert.deepEqual(await readdir(folder), []);
  });

  it("fail a read whose file is gone", async () => {
    const segment = await write("x");
    await rm(join(folder, segment.file));
    await assert.rejects(data.read([segment], 0, 1), {
      message: `${join(folder, segment.file)} with bytes of this object is gone: delete the object, and upload it again`,
    });
  });
});
