import fs from "node:fs";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { Archive } from "@pulumi/pulumi/asset";
import { zipSync } from "fflate";
import { openPromise, type ZipFile } from "yauzl";
import { inspectFile } from "./inspectFile";
import { readArchive, unpackZip } from "./nestedArchive";
import { ownValue } from "./ownValue";
import type { Package, PackagedFile } from "./package";
import { resolveFrom } from "./resolveFrom";

/** An archive that lies elsewhere, at an address or in a bucket. */
export class NotOfThisMachine extends Error {}

/** Packages by path and time of change: several rules look into the same archive. */
const opened = new Map<string, Promise<Package>>();

/**
 * Opens what a function, layer or object is made from, and reads every file in it.
 *
 * @param source  A `FileArchive` (zip file or folder), an `AssetArchive`, or a `FileAsset` that is a zip file; as the
 *                engine shows it, wrapped in a proxy that cannot be awaited.
 * @param root  Absolute folder that relative paths start from.
 * @throws Error  What it cannot open, and why.
 */
export async function readPackage(source: unknown, root: string | undefined): Promise<Package> {
  const file = await ownValue<string>(source, "path");
  if (file !== undefined) return readPath(resolveFrom(root, file), file);
  const assets = await ownValue<Record<string, unknown>>(source, "assets");
  if (assets !== undefined) {
    return packFiles(await collectAssets(assets, root), `AssetArchive of ${Object.keys(assets).join(", ")}`);
  }
  throw new NotOfThisMachine("only archives of files on this machine can be opened");
}

function readPath(file: string, name: string): Promise<Package> {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new Error(`there is no ${name}`);
  if (stat.isDirectory()) return packFiles(readFolder(file), name);
  const key = `${file}\0${stat.mtimeMs}\0${stat.size}`;
  const known =
    opened.get(key) ??
    openPromise(file, { strictFileNames: false, decodeStrings: true }).then((zip) =>
      readZip(zip, name, stat.size),
    );
  opened.set(key, known);
  return known;
}

async function readZip(zip: ZipFile, source: string, zippedSize: number): Promise<Package> {
  const files: PackagedFile[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith("/")) continue;
      const bytes = await buffer(await zip.openReadStreamPromise(entry));
      // Attributes are Unix's where the upper byte of the version says so.
      const isUnix = entry.versionMadeBy >>> 8 === 3;
      const mode = isUnix ? entry.externalFileAttributes >>> 16 : 0;
      files.push(await inspectFile(nameOf(entry), bytes, mode || undefined));
      files.push(...(await inspectNested(entry.fileName, bytes)));
    }
  } finally {
    zip.close();
  }
  return { source, zippedSize, files };
}

/** Unlike the reader, Linux does not take a backslash for a slash. */
function nameOf({ fileName, fileNameRaw }: { fileName: string; fileNameRaw?: Buffer }): string {
  return fileNameRaw?.includes("\\") ? fileNameRaw.toString() : fileName;
}

/** Deeper than any build nests them. */
const MAX_NESTING = 4;

/** Searches archives within the archive: their secrets are the package's. Nothing loads libraries from there. */
async function inspectNested(name: string, bytes: Buffer, depth = 1): Promise<PackagedFile[]> {
  if (depth > MAX_NESTING) return [];
  const inside = await readArchive(name, bytes).catch(() => ({}));
  const files = await Promise.all(
    Object.entries(inside).map(async ([path, content]) => {
      const within = `${name}!/${path}`;
      const { secret, isPointer } = await inspectFile(within, content);
      const file: PackagedFile = { path: within, size: 0, native: undefined, secret, isPointer };
      return [file, ...(await inspectNested(within, Buffer.from(content), depth + 1))];
    }),
  );
  return files.flat();
}

/** Packs what the engine would upload, to measure it. */
async function packFiles(files: Readonly<Record<string, Uint8Array>>, source: string): Promise<Package> {
  const inspected = await Promise.all(
    Object.entries(files).map(async ([name, bytes]) => [
      await inspectFile(name, bytes),
      ...(await inspectNested(name, Buffer.from(bytes))),
    ]),
  );
  return { source, zippedSize: zipSync({ ...files }).length, files: inspected.flat() };
}

function readFolder(folder: string): Record<string, Uint8Array> {
  const entries = fs.readdirSync(folder, { withFileTypes: true, recursive: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file).split(path.sep).join("/"), fs.readFileSync(file)]),
  );
}

/** An archive within an AssetArchive becomes a folder of that name. */
async function collectAssets(
  assets: Record<string, unknown>,
  root: string | undefined,
): Promise<Record<string, Uint8Array>> {
  // Paths may be any: without a prototype there is none that means something else.
  const files: Record<string, Uint8Array> = Object.create(null);
  for (const [key, asset] of Object.entries(assets)) {
    // Programs write the root as `.`, and files as `./a`.
    const name = path.posix.normalize(key);
    const text = await ownValue<string>(asset, "text");
    const file = await ownValue<string>(asset, "path");
    const nested = await ownValue<Record<string, unknown>>(asset, "assets");
    if (text !== undefined) files[name] = Buffer.from(text);
    else if (nested !== undefined) prefixInto(files, name, await collectAssets(nested, root));
    else if (file === undefined) throw new Error(`"${name}" is not a file on this machine`);
    else if (Archive.isInstance(asset)) {
      prefixInto(files, name, await unpack(resolveFrom(root, file)));
    } else files[name] = fs.readFileSync(resolveFrom(root, file));
  }
  return files;
}

async function unpack(archive: string): Promise<Record<string, Uint8Array>> {
  if (fs.statSync(archive).isDirectory()) return readFolder(archive);
  return unpackZip(fs.readFileSync(archive));
}

function prefixInto(
  files: Record<string, Uint8Array>,
  prefix: string,
  more: Record<string, Uint8Array>,
): void {
  for (const [name, bytes] of Object.entries(more)) files[path.posix.join(prefix, name)] = bytes;
}
