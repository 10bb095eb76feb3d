import type { Metadata } from "sharp";
import { BadRequest, PayloadTooLarge } from "../shared/errors";
import { imageFormat } from "./imageFormat";
import { jpegPrecision } from "./jpegPrecision";
import { loadSharp } from "./loadSharp";

/** An image in the form that the detector takes. */
export interface Image {
  /** RGB, shape [512, 512, 3]. The whole image is stretched to the square. */
  readonly pixels: Uint8Array;
  /** Size of the original after its EXIF orientation, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Side of the square the detector looks at, in pixels. */
const SIDE = 512;
/** Checked against the header before anything is decoded: 10 MB of PNG can hold 3,600 megapixels. */
const MAX_MEGAPIXELS = 50;
/** Pixels; the limit of JPEG. A PNG could have longer rows, and decoding keeps several of them in memory. */
const MAX_IMAGE_SIDE = 65_535;

/** The marker at the end of a JPEG. */
const END_OF_JPEG = Buffer.from("ffd9", "hex");

/**
 * Decodes a JPEG, PNG or WebP image: EXIF orientation applied, colours brought to sRGB with 8 bits, what is
 * transparent laid on white, the first frame of an animation.
 *
 * @throws BadRequest  Another format, truncated or damaged.
 * @throws PayloadTooLarge  More than 50 megapixels, or 65,535 pixels a side.
 */
export async function decodeImage(bytes: Uint8Array): Promise<Image> {
  const format = imageFormat(bytes);
  if (format === undefined) throw new BadRequest("The image is not a JPEG, PNG or WebP file");
  const precision = format === "jpeg" ? jpegPrecision(bytes) : undefined;
  if (precision !== undefined && precision !== 8) {
    throw new BadRequest(`The JPEG has ${precision} bits a sample; only 8 are read: save it with 8`);
  }

  const sharp = loadSharp();
  // The pixel limit is checked below, where the error can name the size.
  const header = await sharp(bytes, { limitInputPixels: false }).metadata().catch(damaged(format));
  if (header.format !== format) {
    throw new BadRequest(`The image starts like ${format} but is ${header.format ?? "something else"}`);
  }
  const { width, height } = header.autoOrient;
  if (width * height > MAX_MEGAPIXELS * 1e6) {
    throw new PayloadTooLarge(
      `The image has ${width} x ${height} pixels; accepted are up to ${MAX_MEGAPIXELS} megapixels`,
    );
  }
  if (Math.max(width, height) > MAX_IMAGE_SIDE) {
    throw new PayloadTooLarge(
      `The image has ${width} x ${height} pixels; accepted are up to ${MAX_IMAGE_SIDE} a side`,
    );
  }

  // Images that cause only warnings (an unusual profile, stray bytes) are common and decode well.
  const pixels = await decode(bytes, header, "error").catch((cause: unknown) => {
    const isEnded = format !== "jpeg" || END_OF_JPEG.equals(bytes.subarray(-END_OF_JPEG.length));
    if (isEnded) return damaged(format)(cause);
    // Cameras that lose power omit the end marker. libvips warns about it, and about nothing else, in that case.
    const isHalf = bytes.at(-1) === END_OF_JPEG[0];
    const whole = Buffer.concat([isHalf ? bytes.subarray(0, -1) : bytes, END_OF_JPEG]);
    return decode(whole, header, "warning").catch(damaged(format));
  });
  return { pixels, width, height };
}

function decode(bytes: Uint8Array, header: Metadata, failOn: "error" | "warning"): Promise<Buffer> {
  // The package that the model comes from resizes bilinearly; bicubic lowers the scores of the test horses.
  const pipeline = loadSharp()(bytes, { failOn, limitInputPixels: MAX_MEGAPIXELS * 1e6 })
    .autoOrient()
    .flatten({ background: "white" })
    .resize(SIDE, SIDE, { fit: "fill", kernel: "linear" });
  // sharp converts 16-bit images with a profile to Display P3 and does not convert them back.
  if (header.space === "rgb16" && header.hasProfile) pipeline.withIccProfile("srgb");
  return pipeline.raw({ depth: "uchar" }).toBuffer();
}

function damaged(format: string) {
  return (cause: unknown): never => {
    throw new BadRequest(`The image cannot be decoded: the ${format} file is truncated or damaged`, {
      cause,
    });
  };
}
