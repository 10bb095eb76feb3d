import { DeleteObjectCommand, paginateListObjectsV2 } from "@aws-sdk/client-s3";
import {
  breedKey,
  modelFolder,
  modelKey,
  parseBreedKey,
  parseModelKey,
} from "../../functions/shared/modelKeys";
import { isArchive } from "../../functions/shared/modelStore/isArchive";
import type { TreeFormat } from "../../functions/shared/trees/modelFormat";
import type { ModelBucket } from "./modelBucket";

/** The kinds of file that a model of `open-inference` may be. */
export type ServedFormat = "onnx" | TreeFormat;

/** A model in the bucket. */
export interface ModelObject {
  readonly key: string;
  readonly bytes: number;
  readonly modified: Date | undefined;
  /**
   * Belongs to the endpoint `open-inference`, by name and version, or of `pricing`: by breed, or an archive that
   * `MODEL_PATH`, its default model, may name.
   */
  readonly kind: "model" | "breed" | "archive";
  /** An archive's is its key. */
  readonly name: string;
  /** A model's alone. */
  readonly version: string | undefined;
}

/**
 * The key that the endpoints look for.
 *
 * @throws Error  They would look for no such name.
 */
export function keyOf(
  model: Pick<ModelObject, "name" | "version"> & { kind: "model" | "breed"; format?: ServedFormat },
): string {
  const { kind, name, version, format = "onnx" } = model;
  const key =
    kind === "breed" ? breedKey(name) : modelKey({ name, version: String(version), file: `model.${format}` });
  if (parseKey(key)?.kind !== kind || /^\.+$/.test(name)) {
    const allowed = kind === "breed" ? "1 to 64 of a-z, 0-9 and -" : "1 to 128 of A-Z, a-z, 0-9, _, . and -";
    throw new Error(`"${name}" cannot be the name of a ${kind}: it must be ${allowed}.`);
  }
  return key;
}

/** Every model that the endpoints serve from the bucket, in the order of the keys. */
export async function listModels(bucket: ModelBucket, prefix = ""): Promise<ModelObject[]> {
  const models: ModelObject[] = [];
  for await (const { key, ...object } of listObjects(bucket, prefix)) {
    const parsed = parseKey(key);
    if (parsed) models.push({ ...parsed, key, ...object });
  }
  return models;
}

/** Everything in the folder of a model's version: its file, and those with its weights. */
export async function listFolder(bucket: ModelBucket, key: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const object of listObjects(bucket, folderOf(key))) keys.push(object.key);
  return keys;
}

/** The highest version of each model of `open-inference`, by name. */
export function newestVersions(models: readonly ModelObject[]): Map<string, string> {
  const newest = new Map<string, string>();
  for (const { kind, name, version } of models) {
    if (kind !== "model" || version === undefined) continue;
    if (BigInt(version) >= BigInt(newest.get(name) ?? 0)) newest.set(name, version);
  }
  return newest;
}

/** The version after the highest one of a model; 1 where it has none. */
export async function nextVersion(bucket: ModelBucket, name: string): Promise<string> {
  let highest = 0n;
  for await (const { key } of listObjects(bucket, modelFolder(name))) {
    const version = BigInt(/^\d{1,18}(?=\/)/.exec(key.slice(modelFolder(name).length))?.[0] ?? 0);
    if (version > highest) highest = version;
  }
  return String(highest + 1n);
}

/** The key's part up to the last slash, which it includes. */
export function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf("/") + 1);
}

async function* listObjects({ client, bucket }: ModelBucket, prefix: string) {
  for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
    for (const { Key = "", Size = 0, LastModified } of page.Contents ?? []) {
      yield { key: Key, bytes: Size, modified: LastModified };
    }
  }
}

/** Removes models; a versioned bucket keeps what they were. */
export async function removeModels({ client, bucket }: ModelBucket, keys: readonly string[]): Promise<void> {
  for (const key of keys) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

function parseKey(key: string): Pick<ModelObject, "kind" | "name" | "version"> | undefined {
  const model = parseModelKey(key);
  if (model) return { kind: "model", name: model.name, version: model.version };
  const breed = parseBreedKey(key);
  if (breed !== undefined) return { kind: "breed", name: breed, version: undefined };
  return isArchive(key) ? { kind: "archive", name: key, version: undefined } : undefined;
}
