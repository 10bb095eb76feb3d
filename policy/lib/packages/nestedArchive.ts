import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import tar from "tar-stream";
import { fromBufferPromise } from "yauzl";

/** Files by their path in an archive. */
export type ArchivedFiles = Record<string, Uint8Array>;

/** More than Lambda takes; what unpacks to more is a bomb. */
const MAX_BYTES = 512 * 1024 * 1024;

/** The files of an archive by its name: zip and its other names, tar, and tar that is zipped. None of any other file. */
export async function readArchive(name: string, bytes: Buffer): Promise<ArchivedFiles> {
  if (/\.(zip|whl|jar)$/.test(name)) return unpackZip(bytes);
  if (/\.tar$/.test(name)) return unpackTar(bytes);
  if (/\.(tar\.gz|tgz)$/.test(name)) {
    return unpackTar(await promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES }));
  }
  return {};
}

export async function unpackZip(bytes: Buffer): Promise<ArchivedFiles> {
  const zip = await fromBufferPromise(bytes);
  const files = noFiles();
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith("/")) {
      files[entry.fileName] = await buffer(await zip.openReadStreamPromise(entry));
    }
  }
  return files;
}

async function unpackTar(bytes: Buffer): Promise<ArchivedFiles> {
  const files = noFiles();
  for await (const entry of Readable.from([bytes]).pipe(tar.extract())) {
    if (entry.header.type === "file") files[entry.header.name] = await buffer(entry);
    else entry.resume();
  }
  return files;
}

/** Paths may be any: without a prototype there is none that means something else. */
function noFiles(): ArchivedFiles {
  return Object.create(null);
}
