import { BadRequest, PayloadTooLarge } from "../shared/errors";
import { loadSharp } from "./loadSharp";
import { pictureFormat } from "./pictureFormat";

/** A picture as the detector takes it. */
export interface Picture {
  /** [1, 512, 512, 3]: RGB, 0 to 255. The whole picture, stretched to the square. */
  readonly pixels: Float32Array;
  /** Size of the original after its EXIF orientation, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Side of the square the detector looks at, in pixels. */
const SIDE = 512;
/** Checked against the header, before anything is decoded: 10 MB of PNG can hold 3,600 megapixels. */
const MAX_MEGAPIXELS = 50;

/**
 * Decodes a JPEG, PNG or WebP picture: EXIF orientation applied, colours brought to sRGB with 8 bits, what is
 * transparent laid on white, the first frame of an animation.
 *
 * @throws BadRequest  Another format, truncated or damaged.
 * @throws PayloadTooLarge  More than 50 megapixels.
 */
export async function decodePicture(bytes: Uint8Array): Promise<Picture> {
  const format = pictureFormat(bytes);
  if (format === undefined) throw new BadRequest("The picture is not a JPEG, PNG or WebP file");

  const sharp = loadSharp();
  // The pixel limit is checked below, where it can say what it found.
  const header = await sharp(bytes, { limitInputPixels: false }).metadata().catch(damaged(format));
  if (header.format !== format) {
    throw new BadRequest(`The picture starts like ${format} but is ${header.format ?? "something else"}`);
  }
  const { width, height } = header.autoOrient;
  if (width * height > MAX_MEGAPIXELS * 1e6) {
    throw new PayloadTooLarge(
      `The picture has ${width} x ${height} pixels; accepted are up to ${MAX_MEGAPIXELS} megapixels`,
    );
  }

  // Pictures that only draw warnings (a profile libpng dislikes, stray bytes) are common and decode well.
  // Bilinear is how the package that the model comes from resizes; bicubic scores the fixtures' horses lower.
  const pipeline = sharp(bytes, { failOn: "error", limitInputPixels: MAX_MEGAPIXELS * 1e6 })
    .autoOrient()
    .flatten({ background: "white" })
    .resize(SIDE, SIDE, { fit: "fill", kernel: "linear" });
  // sharp brings 16 bits with a profile to Display P3 and leaves them there.
  if (header.space === "rgb16" && header.hasProfile) pipeline.withIccProfile("srgb");
  const rgb = await pipeline.raw({ depth: "uchar" }).toBuffer().catch(damaged(format));
  return { pixels: new Float32Array(rgb), width, height };
}

function damaged(format: string) {
  return (cause: unknown): never => {
    throw new BadRequest(`The picture cannot be decoded: the ${format} file is truncated or damaged`, {
      cause,
    });
  };
}
