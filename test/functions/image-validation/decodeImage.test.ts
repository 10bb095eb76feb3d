import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import sharp from "sharp";
import { decodeImage } from "../../../functions/image-validation/decodeImage";
import { HttpError } from "../../../functions/shared/errors";

const SIDE = 512;
const ORANGE = { r: 200, g: 100, b: 50 };

describe("decodeImage", () => {
  describe("brings every image to 512 x 512 RGB from 0 to 255:", () => {
    const half = { ...ORANGE, alpha: 0.5 };
    for (const [what, image, expected] of [
      ["JPEG", plain().jpeg({ quality: 100 }), [200, 100, 50]],
      ["progressive JPEG", plain().jpeg({ quality: 100, progressive: true }), [200, 100, 50]],
      ["PNG", plain().png(), [200, 100, 50]],
      ["interlaced PNG", plain().png({ progressive: true }), [200, 100, 50]],
      ["WebP", plain().webp({ lossless: true }), [200, 100, 50]],
      ["grey JPEG", plain().greyscale().jpeg(), [128, 128, 128]],
      ["PNG of 16 bits", plain().toColourspace("rgb16").png(), [200, 100, 50]],
      [
        "PNG of 16 bits with a profile",
        plain().toColourspace("rgb16").withIccProfile("srgb").png(),
        [200, 100, 50],
      ],
      ["grey PNG of 16 bits", plain().toColourspace("grey16").png(), [128, 128, 128]],
      ["JPEG in Display P3", plain().withIccProfile("p3").jpeg({ quality: 100 }), [200, 101, 52]],
      ["transparent PNG, laid on white", plain(half).png(), [227, 177, 152]],
      [
        "transparent PNG of 16 bits, laid on white",
        plain(half).toColourspace("rgb16").png(),
        [227, 177, 152],
      ],
      ["PNG with a palette, laid on white", plain(half).png({ palette: true }), [227, 177, 152]],
      ["transparent WebP, laid on white", plain(half).webp({ lossless: true }), [227, 177, 152]],
    ] as const) {
      it(what, async () => {
        const { pixels, width, height } = await decodeImage(await image.toBuffer());
        assert.deepEqual(
          { width, height, length: pixels.length },
          { width: 60, height: 40, length: SIDE * SIDE * 3 },
        );
        closeTo(pixels.subarray(0, 3), expected, 1);
        closeTo(pixels.subarray(-3), expected, 1);
      });
    }

    // CMYK has a smaller gamut than sRGB: this orange comes out as the nearest it can print.
    it("CMYK JPEG", async () => {
      const image = await plain().toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer();
      closeTo((await decodeImage(image)).pixels.subarray(0, 3), [199, 94, 21], 3);
    });

    it("JPEG with a gain map, as phones take it", async () => {
      const image = readFileSync(join(__dirname, "../../fixtures/images/ultraHdr.jpg"));
      const { pixels, width, height } = await decodeImage(image);
      assert.deepEqual([width, height], [300, 200]);
      assert.ok(
        (pixels[0] as number) > 200 && (pixels.at(-1) as number) > 200,
        "red on the left, blue on the right",
      );
    });
  });

  it("stretches the whole image, top left to bottom right, whatever its shape", async () => {
    const { pixels } = await decodeImage(await quarters(300, 100).png().toBuffer());
    assert.deepEqual(corners(pixels), ["red", "green", "blue", "white"]);
    closeTo(pixels.subarray(0, 3), [255, 0, 0], 1);
    closeTo(pixels.subarray(-3), [255, 255, 255], 1);

    const edge = plain().extend({ left: 3, background: "blue" });
    closeTo((await decodeImage(await edge.png().toBuffer())).pixels.subarray(0, 3), [0, 0, 255], 1);
  });

  it("applies the EXIF orientation to pixels and size", async () => {
    // What a viewer shows of red green / blue white, for each of EXIF's eight orientations.
    const shown = {
      1: ["red", "green", "blue", "white"],
      2: ["green", "red", "white", "blue"],
      3: ["white", "blue", "green", "red"],
      4: ["blue", "white", "red", "green"],
      5: ["red", "blue", "green", "white"],
      6: ["blue", "red", "white", "green"],
      7: ["white", "green", "blue", "red"],
      8: ["green", "white", "red", "blue"],
    };
    for (const [orientation, expected] of Object.entries(shown)) {
      for (const format of ["jpeg", "png", "webp"] as const) {
        const image = quarters(300, 100).withMetadata({ orientation: Number(orientation) });
        const { pixels, width, height } = await decodeImage(await image.toFormat(format).toBuffer());
        const size = Number(orientation) < 5 ? [300, 100] : [100, 300];
        assert.deepEqual(
          [orientation, width, height, ...corners(pixels)],
          [orientation, ...size, ...expected],
        );
      }
    }
  });

  it("takes the first frame of an animated WebP", async () => {
    const red = await plain({ r: 255, g: 0, b: 0 }).png().toBuffer();
    const blue = await plain({ r: 0, g: 0, b: 255 }).png().toBuffer();
    const image = await sharp([red, blue], { join: { animated: true } })
      .webp({ lossless: true })
      .toBuffer();
    const { pixels, width, height } = await decodeImage(image);
    assert.deepEqual([width, height, ...corners(pixels)], [60, 40, "red", "red", "red", "red"]);
  });

  it("takes an image of one pixel", async () => {
    const one = sharp({ create: { width: 1, height: 1, channels: 3, background: ORANGE } });
    const { pixels, width, height } = await decodeImage(await one.png().toBuffer());
    assert.deepEqual([width, height, pixels.length, pixels.at(-3)], [1, 1, SIDE * SIDE * 3, 200]);
  });

  it("decodeImage rejects every format but JPEG, PNG and WebP", async () => {
    const message = "The image is not a JPEG, PNG or WebP file";
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>';
    for (const image of [
      await plain().gif().toBuffer(),
      await plain().tiff().toBuffer(),
      await plain().avif({ effort: 0 }).toBuffer(),
      Buffer.from(svg),
      Buffer.from(`<?xml version="1.0"?>${svg}`),
      Buffer.from("%PDF-1.7"),
      Buffer.from("RIFF\0\0\0\0WAVE"),
      Buffer.from("FFIR\0\0\0\0WEBP"),
      Buffer.from("an image"),
      Buffer.alloc(0),
    ]) {
      await assert.rejects(decodeImage(image), rejection("BadRequest", 400, message));
    }
  });

  it("rejects polyglots: the first bytes of one format, the rest of another", async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
    const gif = await plain().gif().toBuffer();
    for (const [start, format] of [
      [Buffer.from("ffd8ff", "hex"), "jpeg"],
      [Buffer.from("89504e470d0a1a0a", "hex"), "png"],
      [Buffer.from("RIFF\x20\0\0\0WEBP", "latin1"), "webp"],
    ] as const) {
      for (const rest of [svg, gif]) {
        await assert.rejects(decodeImage(Buffer.concat([start, rest])), damaged(format));
      }
    }
  });

  it("decodeImage rejects truncated files", async () => {
    for (const format of ["jpeg", "png", "webp"] as const) {
      const whole = await quarters(300, 200).toFormat(format).toBuffer();
      for (const part of [0.1, 0.5, 0.9]) {
        await assert.rejects(
          decodeImage(whole.subarray(0, Math.floor(whole.length * part))),
          damaged(format),
        );
      }
    }
  });

  it("rejects bombs by their header, before it decodes them", async () => {
    const tooMany = (width: number, height: number) =>
      rejection(
        "PayloadTooLarge",
        413,
        `The image has ${width} x ${height} pixels; accepted are up to 50 megapixels`,
      );
    await assert.rejects(decodeImage(pngClaiming(60_000, 60_000)), tooMany(60_000, 60_000));
    await assert.rejects(decodeImage(pngClaiming(50_000_001, 1)), tooMany(50_000_001, 1));
    const jpeg = await plain().jpeg().toBuffer();
    const frameHeader = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
    jpeg.writeUInt16BE(65_000, frameHeader + 5);
    jpeg.writeUInt16BE(65_000, frameHeader + 7);
    await assert.rejects(decodeImage(jpeg), tooMany(65_000, 65_000));
  });

  it("rejects a line that is longer than any image's by its header", async () => {
    for (const [width, height] of [
      [65_536, 1],
      [1, 65_536],
      [25_000_000, 2],
    ] as const) {
      await assert.rejects(
        decodeImage(pngClaiming(width, height)),
        rejection(
          "PayloadTooLarge",
          413,
          `The image has ${width} x ${height} pixels; accepted are up to 65535 a side`,
        ),
      );
    }
  });

  it("reads a JPEG that lacks its end marker, or half of it, and nothing else", async () => {
    const whole = await quarters(300, 200).jpeg().toBuffer();
    const { pixels } = await decodeImage(whole);
    for (const missing of [1, 2]) {
      assert.deepEqual((await decodeImage(whole.subarray(0, -missing))).pixels, pixels);
    }
    for (const missing of [20, 200]) {
      await assert.rejects(decodeImage(whole.subarray(0, -missing)), damaged("jpeg"));
    }
  });

  it("names a JPEG of 12 bits a sample", async () => {
    const jpeg = await plain().jpeg().toBuffer();
    jpeg[jpeg.indexOf(Buffer.from([0xff, 0xc0])) + 4] = 12;
    await assert.rejects(
      decodeImage(jpeg),
      rejection("BadRequest", 400, "The JPEG has 12 bits a sample; only 8 are read: save it with 8"),
    );
  });

  it("takes what only draws a warning: bytes before and after", async () => {
    const jpeg = await plain().jpeg({ quality: 100 }).toBuffer();
    const stray = Buffer.concat([
      jpeg.subarray(0, 2),
      Buffer.from("ffff000102", "hex"),
      jpeg.subarray(2),
      Buffer.from("tail"),
    ]);
    closeTo((await decodeImage(stray)).pixels.subarray(0, 3), [200, 100, 50], 1);
  });

  it("answers any damage with an image or a rejection", async () => {
    const files = await Promise.all(
      (["jpeg", "png", "webp"] as const).map((format) => quarters(30, 20).toFormat(format).toBuffer()),
    );
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), changes, async (file, changes) => {
        const bytes = Buffer.from(file);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        const outcome = await decodeImage(bytes).catch((error: unknown) => error);
        if (outcome instanceof HttpError) assert.ok([400, 413].includes(outcome.status), outcome.message);
        else assert.deepEqual((outcome as { pixels: Uint8Array }).pixels.length, SIDE * SIDE * 3);
      }),
      { numRuns: 200 },
    );
  });
});

function plain(background: { r: number; g: number; b: number; alpha?: number } = ORANGE) {
  return sharp({
    create: { width: 60, height: 40, channels: background.alpha === undefined ? 3 : 4, background },
  });
}

/** Red and green above, blue and white below. */
function quarters(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3);
  const colours = ["ff0000", "00ff00", "0000ff", "ffffff"];
  for (let at = 0; at < width * height; at++) {
    const right = at % width >= width / 2 ? 1 : 0;
    const below = at >= (width * height) / 2 ? 2 : 0;
    pixels.write(colours[right + below] as string, at * 3, "hex");
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** Names of the colours a quarter of the way in from each corner: top left, top right, bottom left, bottom right. */
function corners(pixels: Uint8Array): string[] {
  return [
    [128, 128],
    [384, 128],
    [128, 384],
    [384, 384],
  ].map(([x, y]) => {
    const at = ((y as number) * SIDE + (x as number)) * 3;
    const bits = [...pixels.subarray(at, at + 3)].map((value) => (value > 128 ? 1 : 0)).join("");
    return { "100": "red", "010": "green", "001": "blue", "111": "white" }[bits] ?? bits;
  });
}

function closeTo(actual: Uint8Array, expected: readonly number[], tolerance: number): void {
  assert.ok(
    expected.every((value, i) => Math.abs(value - (actual[i] as number)) <= tolerance),
    `${[...actual]} is not ${expected}`,
  );
}

/** A PNG whose header is right and whose body is a few bytes. */
function pngClaiming(width: number, height: number): Buffer {
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from("89504e470d0a1a0a", "hex");
  const body = deflateSync(Buffer.alloc(1000));
  return Buffer.concat([signature, chunk("IHDR", size), chunk("IDAT", body), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const content = Buffer.concat([Buffer.from(type), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, sum]);
}

function damaged(format: string) {
  return rejection(
    "BadRequest",
    400,
    `The image cannot be decoded: the ${format} file is truncated or damaged`,
  );
}

function rejection(name: string, status: number, message: string) {
  return { name, status, message };
}
