import fs from "node:fs/promises";
import path from "node:path";
import { AwsError } from "../../http/awsError";
import { type HttpResponse, jsonResponse, parseQuery } from "../../http/message";
import { listKeys } from "../../services/s3/listKeys";
import type { ApiCall } from "../apiCall";
import type { Store, StoreList } from "../apiTypes";
import type { Stack } from "../stack";
import { MAX_SHOWN_BYTES, showContent } from "./showContent";

const BUCKET = /^aws:s3\/bucket(V2)?:Bucket(V2)?$/;
const ACCESS_POINT = "aws:efs/accessPoint:AccessPoint";

/** Objects of one page. */
const MAX_KEYS = 200;

/** `GET /api/stores`: the stack's buckets, and the folders of its access points. */
export function listStores({ stack }: ApiCall): HttpResponse {
  const stores = stack.resources().flatMap(({ type, name, outputs }): Store[] => {
    if (BUCKET.test(type)) return [{ kind: "bucket", id: String(outputs.bucket), name }];
    return type === ACCESS_POINT ? [{ kind: "volume", id: String(outputs.id), name }] : [];
  });
  return jsonResponse(200, stores);
}

/** `GET /api/stores/bucket|volume/ID?prefix=&after=`: what lies below a prefix that ends in a slash, or is empty. */
export async function listStore({ stack, request, parameters }: ApiCall): Promise<HttpResponse> {
  const [kind, id = ""] = parameters;
  const { prefix = "", after = "" } = Object.fromEntries(parseQuery(request.rawQuery));
  if (kind === "bucket") return jsonResponse(200, listBucket(stack, id, prefix, after));
  return jsonResponse(200, await listFolder(folderOf(stack, id), prefix));
}

/** `GET /api/stores/bucket|volume/ID/KEY`: the content as text or as an image, whatever its type. */
export async function showFile({ stack, parameters }: ApiCall): Promise<HttpResponse> {
  const [kind, id = "", key = ""] = parameters;
  if (kind !== "bucket") {
    const file = await insideOf(folderOf(stack, id), key);
    const { size } = await fs.stat(file);
    return showContent(await readStart(file), size);
  }
  const { state, data } = stack.cloud.s3.bucket(id);
  const object = state.objects.current(key);
  if (object === undefined)
    throw new AwsError("NotFound", 404, `The bucket ${id} has no object ${key.slice(0, 100)}.`);
  const chunks: Buffer[] = [];
  const end = Math.min(object.size, MAX_SHOWN_BYTES);
  for await (const chunk of await data.read(object.segments, 0, end)) chunks.push(chunk);
  return showContent(Buffer.concat(chunks), object.size);
}

function listBucket({ cloud }: Stack, name: string, prefix: string, after: string): StoreList {
  const { state } = cloud.s3.bucket(name);
  const list = listKeys(state.objects, { prefix, delimiter: "/", after, maxKeys: MAX_KEYS });
  return {
    folders: list.commonPrefixes,
    files: list.objects.map(({ key, size, lastModified }) => ({ key, bytes: size, modified: lastModified })),
    next: list.next,
  };
}

async function listFolder(root: string, prefix: string): Promise<StoreList> {
  const entries = await fs.readdir(await insideOf(root, prefix), { withFileTypes: true });
  const shown = entries.sort((a, b) => (a.name < b.name ? -1 : 1)).slice(0, MAX_KEYS);
  const files = shown.filter((entry) => entry.isFile());
  return {
    folders: shown.filter((entry) => entry.isDirectory()).map(({ name }) => `${prefix}${name}/`),
    files: await Promise.all(
      files.map(async ({ name }) => {
        const { size, mtime } = await fs.stat(path.join(root, prefix, name));
        return { key: `${prefix}${name}`, bytes: size, modified: mtime.toISOString() };
      }),
    ),
  };
}

/** The folder of an access point. @throws AwsError  There is none. */
function folderOf(stack: Stack, id: string): string {
  const found = stack.resources().find(({ type, outputs }) => type === ACCESS_POINT && outputs.id === id);
  if (found === undefined)
    throw new AwsError("NotFound", 404, `There is no access point ${id.slice(0, 100)}.`);
  return stack.cloud.volume.folderOf(String(found.outputs.arn));
}

/** A path inside a folder. @throws AwsError  It leads out of it, also by a symbolic link, or to nothing. */
async function insideOf(folder: string, relative: string): Promise<string> {
  const root = await fs.realpath(folder);
  const file = await fs.realpath(path.join(root, relative)).catch(() => "");
  if (file === root || file.startsWith(root + path.sep)) return file;
  throw new AwsError("NotFound", 404, `The volume has no ${relative.slice(0, 100)}.`);
}

async function readStart(file: string): Promise<Buffer> {
  const handle = await fs.open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(MAX_SHOWN_BYTES), 0, MAX_SHOWN_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
