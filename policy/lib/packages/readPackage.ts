import fs from "node:fs";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import * as pulumi from "@pulumi/pulumi";
import { zipSync } from "fflate";
import { fromBufferPromise, openPromise, type ZipFile } from "yauzl";
import { inspectFile } from "./inspectFile";
import { ownValue } from "./ownValue";
import type { Package, PackagedFile } from "./package";
import { resolveFrom } from "./resolveFrom";

/** By path and time of change: several rules look into the same archive. */
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
  throw new Error("only archives of files on this machine can be opened");
}

function readPath(file: string, name: string): Promise<Package> {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) throw new Error(`there is no ${name}`);
  if (stat.isDirectory()) return packFiles(readFolder(file), name);
  const key = `${file}\0${stat.mtimeMs}\0${stat.size}`;
  const known = opened.get(key) ?? openPromise(file).then((zip) => readZip(zip, name, stat.size));
  opened.set(key, known);
  return known;
}

async function readZip(zip: ZipFile, source: string, zippedSize: number): Promise<Package> {
  const files: PackagedFile[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith("/")) continue;
      files.push(inspectFile(entry.fileName, await buffer(await zip.openReadStreamPromise(entry))));
    }
  } finally {
    zip.close();
  }
  return { source, zippedSize, files };
}

/** What the engine would upload is packed here to be measured. */
async function packFiles(files: Readonly<Record<string, Uint8Array>>, source: string): Promise<Package> {
  return {
    source,
    zippedSize: zipSync({ ...files }).length,
    files: Object.entries(files).map(([name, bytes]) => inspectFile(name, bytes)),
  };
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
  const files: Record<string, Uint8Array> = {};
  for (const [name, asset] of Object.entries(assets)) {
    const text = await ownValue<string>(asset, "text");
    const file = await ownValue<string>(asset, "path");
    const nested = await ownValue<Record<string, unknown>>(asset, "assets");
    if (text !== undefined) files[name] = Buffer.from(text);
    else if (nested !== undefined) prefixInto(files, name, await collectAssets(nested, root));
    else if (file === undefined) throw new Error(`"${name}" is not a file on this machine`);
    else if (pulumi.asset.Archive.isInstance(asset)) {
      prefixInto(files, name, await unpack(resolveFrom(root, file)));
    } else files[name] = fs.readFileSync(resolveFrom(root, file));
  }
  return files;
}

async function unpack(archive: string): Promise<Record<string, Uint8Array>> {
  if (fs.statSync(archive).isDirectory()) return readFolder(archive);
  const zip = await fromBufferPromise(fs.readFileSync(archive));
  const files: Record<string, Uint8Array> = {};
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith("/")) {
      files[entry.fileName] = await buffer(await zip.openReadStreamPromise(entry));
    }
  }
  return files;
}

function prefixInto(
  files: Record<string, Uint8Array>,
  prefix: string,
  more: Record<string, Uint8Array>,
): void {
  for (const [name, bytes] of Object.entries(more)) files[`${prefix}/${name}`] = bytes;
}
