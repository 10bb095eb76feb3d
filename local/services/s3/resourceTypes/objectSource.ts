import { createHash, type Hash } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { Readable } from "node:stream";
import { hashFile } from "../../../resources/files";
import { type ArchiveValue, type AssetValue, UNKNOWN, type Unknown } from "../../../resources/value";

/** The source of a declared object's bytes. */
export type ObjectSource = { readonly path: string } | { readonly bytes: Buffer };

/** Properties that say what an object holds. */
interface SourceInputs {
  readonly source?: ArchiveValue | AssetValue | Unknown;
  readonly content?: string | Unknown;
  readonly contentBase64?: string | Unknown;
}

/** Reads `source`, `content` or `contentBase64`; without any of them the object is empty, as on AWS. @throws Error  More than one is given, or the file is missing. */
export function readObjectSource({ source, content, contentBase64 }: SourceInputs): ObjectSource {
  if ([source, content, contentBase64].filter((one) => one !== undefined).length > 1) {
    throw new Error(`only one of \`source\`, \`content\` and \`contentBase64\` can be given`);
  }
  if (source !== undefined && source !== UNKNOWN) return readAsset(source);
  if (contentBase64 !== undefined) return { bytes: Buffer.from(String(contentBase64), "base64") };
  return { bytes: Buffer.from(String(content ?? "")) };
}

export function openObjectSource(source: ObjectSource): Readable {
  // A buffer by itself would be taken for a list of numbers.
  return "path" in source ? createReadStream(source.path) : Readable.from([source.bytes]);
}

/** Feeds all bytes to a hash, and gives its digest. */
export function hashObjectSource(source: ObjectSource, hash: Hash): string {
  return ("path" in source ? hashFile(source.path, hash) : hash.update(source.bytes)).digest("hex");
}

/** The ETag S3 gives to an object put in one piece. */
export function objectSourceEtag(source: ObjectSource): string {
  return hashObjectSource(source, createHash("md5"));
}

function readAsset(asset: ArchiveValue | AssetValue): ObjectSource {
  if ("text" in asset) return { bytes: Buffer.from(asset.text) };
  const path = "asset" in asset ? asset.asset : asset.archive;
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new Error(`\`source\` names no file (${path}); build or fetch it first`);
  }
  return { path };
}
