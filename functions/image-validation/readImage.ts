import { buffer } from "node:stream/consumers";
import { BadRequest, Forbidden, PayloadTooLarge } from "../shared/errors";
import { fetchPublic } from "../shared/fetchPublic/fetchPublic";
import type { ObjectStore } from "../shared/objectStore";
import { cut, shown } from "../shared/shown";
import type { Input } from "./input";

/** Bytes of an image inside the request. */
const MAX_IMAGE_BYTES = 4 * 1024 * 1024;

/** Bytes of an uploaded image; `fetchPublic` has the same limit. */
const MAX_OBJECT_BYTES = 10 * 1024 * 1024;

/**
 * The bytes that a request points to.
 *
 * @param uploads       The only bucket that images are read from.
 * @param egress        `none`: this function has no way to the internet.
 * @param loopback      Whether a URL may be of this machine.
 * @throws HttpError    What cannot be had, by the contract's statuses.
 */
export async function readImage(
  { url, bucket, key, image }: Input,
  uploads: ObjectStore,
  egress: string | undefined,
  loopback = false,
): Promise<Uint8Array> {
  if (image !== undefined) return decodeBase64(image);
  if (bucket !== undefined && key !== undefined) return readObject(bucket, key, uploads);
  if (egress === "none") {
    throw new Forbidden(
      "This endpoint has no way to the internet (its stack's setting `egress` is none): send the image as `image`, or upload it and name its `bucket` and `key`",
    );
  }
  return fetchPublic(url ?? "", { loopback });
}

/** The usual alphabet and the URL-safe one, with line breaks; `Buffer` skips anything else without a word. */
const BASE64 = /^[A-Za-z0-9+/_\s-]*={0,2}$/;

function decodeBase64(image: string): Uint8Array {
  const text = (image.startsWith("data:") ? dataOf(image) : image).trimEnd();
  const bytes = Buffer.from(BASE64.test(text) ? text : "", "base64");
  if (bytes.length === 0) {
    const message = "must be base64 of an image's bytes";
    throw new BadRequest(`image ${message}`, { errors: [{ path: "image", message }] });
  }
  return withinRequest(bytes);
}

/**
 * The bytes of an image that came in the request itself.
 *
 * @throws PayloadTooLarge  Over 4 MB.
 */
export function withinRequest(bytes: Uint8Array): Uint8Array {
  if (bytes.length > MAX_IMAGE_BYTES) {
    throw new PayloadTooLarge(
      `The image has ${bytes.length} bytes; a request takes ${MAX_IMAGE_BYTES}, \`url\` and \`key\` ${MAX_OBJECT_BYTES}`,
    );
  }
  return bytes;
}

/** Gives the data of a `data:` URL; none if it is not in base64: https://www.rfc-editor.org/rfc/rfc2397 */
function dataOf(url: string): string {
  const comma = url.indexOf(",");
  return url.slice(0, comma).endsWith(";base64") ? url.slice(comma + 1) : "";
}

async function readObject(bucket: string, key: string, uploads: ObjectStore): Promise<Uint8Array> {
  if (bucket !== uploads.bucket) {
    throw new Forbidden(
      `The bucket ${shown(bucket)} is not this stack's: upload the image to "${uploads.bucket}"`,
    );
  }
  const object = await uploads.get(key);
  if (object === undefined) throw new Error("S3 said that an object is unchanged, which was not asked");
  if (object.bytes > MAX_OBJECT_BYTES) {
    object.body.destroy();
    throw new PayloadTooLarge(`${cut(key)} has ${object.bytes} bytes; at most ${MAX_OBJECT_BYTES} are taken`);
  }
  return buffer(object.body);
}
