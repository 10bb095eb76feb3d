import assert from "node:assert/strict";
import { loadSharp } from "../../../functions/image-validation/loadSharp";

describe("loadSharp", () => {
  it("leaves sharp no loader but those of JPEG, PNG and WebP", async () => {
    const sharp = loadSharp();
    const image = () => sharp({ create: { width: 9, height: 9, channels: 3, background: "red" } });
    for (const format of ["jpeg", "png", "webp"] as const) {
      const bytes = await image().toFormat(format).toBuffer();
      assert.deepEqual((await sharp(bytes).metadata()).format, format);
    }
    for (const bytes of [
      await image().gif().toBuffer(),
      await image().tiff().toBuffer(),
      await image().avif({ effort: 0 }).toBuffer(),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    ]) {
      await assert.rejects(sharp(bytes).metadata(), /unsupported image format/);
    }
    await assert.rejects(sharp(__filename).metadata(), /unsupported image format/);
  });

  it("keeps no cache and one thread", () => {
    const sharp = loadSharp();
    assert.deepEqual([sharp.cache().memory.max, sharp.cache().items.max, sharp.concurrency()], [0, 0, 1]);
  });
});
