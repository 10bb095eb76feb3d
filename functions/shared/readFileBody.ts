import { BadRequest } from "./errors";
import type { Request } from "./events";
import { readFormFiles } from "./multipart";

export const FORM = "multipart/form-data";

/**
 * Reads a body that is a file, by its `Content-Type`: the file itself, or a form with one file.
 *
 * @param mediaTypes  Media types of the file itself, in lower case.
 * @returns `undefined` for any other body.
 * @throws BadRequest  A form that is malformed or does not have exactly one file.
 */
export function readFileBody(
  { headers, body = Buffer.alloc(0), form, isText }: Request,
  mediaTypes: readonly string[],
): Uint8Array | undefined {
  const contentType = form === "direct" ? "" : (headers["content-type"] ?? "");
  const mediaType = contentType.split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (!mediaTypes.includes(mediaType) && mediaType !== FORM) return undefined;
  if (isText && body.includes("\ufffd")) {
    throw new BadRequest("The request body arrived as text, which damages files; send it as its bytes");
  }
  if (mediaType !== FORM) return body;
  const files = readFormFiles(body, contentType);
  const [file] = files;
  if (file === undefined || files.length > 1) {
    throw new BadRequest(`The form has ${files.length} files; send exactly one, e.g. curl -F file=@name`);
  }
  return file;
}
