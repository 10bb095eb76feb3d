import fs from "node:fs";
import path from "node:path";
import {
  specialArchiveSig,
  specialAssetSig,
  specialOutputValueSig,
  specialResourceSig,
  specialSecretSig,
  specialSigKey,
  unknownValue,
} from "@pulumi/pulumi/runtime/rpc";
import type { Declared } from "../resources/declared";
import { hashFile } from "../resources/files";
import type { AssetValue, Value } from "../resources/value";
import { UNKNOWN } from "../resources/value";
import { isPlaceholder } from "./typedPlaceholders";

/**
 * A value as it crosses Pulumi's wire, made plain: secrets opened, archives and assets as
 * {@link import("../resources/value").ArchiveValue} and `AssetValue` with absolute paths, unknown values as {@link UNKNOWN}.
 *
 * @param root  What relative paths of archives and assets are relative to: the program's folder.
 * @param onlyJudged  Whether any archive is taken (as `{ assets }` or `{ uri }`), files are not read, and unknown
 *   values stay the SDK's own texts for them, which reach another process.
 */
export function fromWire(value: Value, root: string, onlyJudged = false): Value {
  const inside = (item: Value) => fromWire(item, root, onlyJudged);
  if (Array.isArray(value)) return value.map(inside);
  if (onlyJudged && typeof value === "string") return withUnknowns(value);
  if (value === unknownValue) return UNKNOWN;
  if (typeof value !== "object" || value === null) return value;
  const object = value as Record<string, Value>;
  switch (object[specialSigKey]) {
    case specialSecretSig:
      return inside(object.value);
    case specialOutputValueSig:
      return object.value === undefined ? (onlyJudged ? unknownValue : UNKNOWN) : inside(object.value);
    case specialResourceSig:
      return object.id ?? object.urn;
    case specialArchiveSig:
      return archiveOf(object, root, onlyJudged, inside);
    case specialAssetSig:
      return assetOf(object, root, onlyJudged);
  }
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, inside(item)]));
}

/** A value in which what is made from an unknown one, or stands for a response that nobody gave, is unknown as a whole. */
export function withUnknowns(value: Value): Value {
  if (typeof value === "string") {
    return value.includes(unknownValue) || isPlaceholder(value) ? unknownValue : value;
  }
  if (Array.isArray(value)) return value.map(withUnknowns);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withUnknowns(item)]));
}

function archiveOf(
  object: Record<string, Value>,
  root: string,
  onlyJudged: boolean,
  inside: (value: Value) => Value,
): Value {
  const hash = hashTold(object);
  if (typeof object.path === "string") {
    return { archive: path.resolve(root, object.path), ...(hash !== undefined && { sha256: hash }) };
  }
  // After a refresh the state has this of it, and the empty list of what is in it.
  if (hash !== undefined && Object.keys(object.assets ?? {}).length === 0) {
    return { archive: "", sha256: hash };
  }
  if (onlyJudged && object.assets !== undefined) return { assets: inside(object.assets) };
  if (onlyJudged) return { archiveUri: object.uri };
  throw new Error(
    "An archive other than a FileArchive is not known to the local cloud: pack it into one zip file.",
  );
}

function assetOf(object: Record<string, Value>, root: string, onlyJudged: boolean): Value {
  const hash = hashTold(object);
  if (typeof object.path === "string") {
    const file = path.resolve(root, object.path);
    return onlyJudged ? { asset: file } : fileAsset(file, hash);
  }
  if (typeof object.text === "string")
    return { text: object.text, ...(hash !== undefined && { sha256: hash }) };
  if (hash !== undefined && object.uri === undefined) return { asset: "", sha256: hash };
  if (onlyJudged) return { assetUri: object.uri };
  throw new Error("A remote asset is not known to the local cloud: use a file.");
}

/** Only the engine sends a hash; for old state it sends only the hash. */
function hashTold({ hash }: Record<string, Value>): string | undefined {
  return typeof hash === "string" && hash !== "" ? hash : undefined;
}

function fileAsset(file: string, hash: string | undefined): AssetValue {
  if (hash !== undefined) return { asset: file, sha256: hash };
  if (!fs.existsSync(file)) throw new Error(`There is no ${file}, which the program names as an asset.`);
  return { asset: file, sha256: hashFile(file).digest("hex") };
}

/**
 * A plain value as it crosses the wire, the other way of {@link fromWire}; those of `references` that appear in it
 * become references to them, and `undefined` in an object is left out.
 */
export function toWire(value: Value, references: ReadonlySet<Declared> = new Set()): Value {
  if (value === UNKNOWN) return unknownValue;
  if (Array.isArray(value)) return value.map((item) => toWire(item ?? null, references));
  if (typeof value !== "object" || value === null) return value;
  if (references.has(value as Declared)) {
    const { urn, outputs } = value as Declared;
    return { [specialSigKey]: specialResourceSig, urn, id: outputs.id ?? "", packageVersion: "" };
  }
  const { archive, asset, sha256: hash } = value as Record<string, Value>;
  if (typeof archive === "string") return { [specialSigKey]: specialArchiveSig, path: archive, hash };
  if (typeof asset === "string") return { [specialSigKey]: specialAssetSig, path: asset, hash };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, toWire(item, references)]),
  );
}
