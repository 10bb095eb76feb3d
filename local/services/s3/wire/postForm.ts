import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy } from "@fastify/busboy";
import { S3Error } from "../s3Error";
import type { MetadataSource } from "./objectMetadata";
import type { S3Request } from "./s3Request";

/** S3's limit for a form without its file. */
const MAX_FIELD_BYTES = 20 * 1024;

/** A form that uploads an object: its fields up to the file, and the file's bytes. */
export interface PostForm extends MetadataSource {
  /** Keyed by names in lower case, as S3 compares them. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: Readable;
  readonly fileName: string | undefined;
  hasHeader(name: string): boolean;
}

/**
 * Reads a form of `multipart/form-data` up to its file. What comes after the file is ignored, as S3 does.
 *
 * @throws S3Error  PreconditionFailed, MalformedPOSTRequest
 */
export async function readPostForm(request: S3Request): Promise<PostForm> {
  const contentType = request.header("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(contentType)) {
    throw new S3Error("PreconditionFailed", {
      details: { Condition: "Bucket POST must be of the enclosure-type multipart/form-data" },
    });
  }
  const fields = new Map<string, string>();
  const parser = new Busboy({
    headers: { "content-type": contentType },
    limits: { fieldSize: MAX_FIELD_BYTES, fields: 100, files: 1, parts: 200 },
    isPartAFile: (name) => name === "file",
  });
  parser.on("field", (name, value) => {
    fields.set(name.toLowerCase(), value);
  });
  const parsed = pipeline(request.body(), parser);
  const found = new Promise<[file: Readable, fileName: string | undefined]>((resolve, reject) => {
    parser.once("file", (_name, file, fileName) => resolve([file, fileName]));
    // Nothing happens here if the file has been found.
    parsed.then(
      () => reject(malformed("POST requires exactly one file upload per request.")),
      (cause: Error) => reject(cause instanceof S3Error ? cause : malformed(undefined, cause)),
    );
  });
  const [file, fileName] = await found;
  parsed.catch((error: Error) => file.destroy(error));
  return {
    fields,
    file,
    fileName,
    header: (name) => asHeader(fields.get(name) || undefined),
    hasHeader: (name) => fields.has(name),
    headersWith: (prefix) =>
      [...fields]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, value]) => [name.slice(prefix.length), value]),
  };
}

/** Header values are Latin-1: S3 puts spaces for other characters. */
function asHeader(text: string | undefined): string | undefined {
  return text?.replace(/[^\0-\xff]+/gu, " ");
}

function malformed(message?: string, cause?: Error): S3Error {
  return new S3Error("MalformedPOSTRequest", { message, cause });
}
