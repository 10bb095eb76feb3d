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
import type { Value } from "../resourceType";

/**
 * A value as it crosses Pulumi's wire, made plain: secrets opened, archives and assets as
 * {@link import("../resourceType").ArchiveValue} and `AssetValue` with absolute paths.
 *
 * @param root  What relative paths of archives and assets are relative to: the program's folder.
 */
export function fromWire(value: Value, root: string): Value {
  if (Array.isArray(value)) return value.map((item) => fromWire(item, root));
  if (typeof value !== "object" || value === null) return value;
  const object = value as Record<string, Value>;
  switch (object[specialSigKey]) {
    case specialSecretSig:
      return fromWire(object.value, root);
    case specialOutputValueSig:
      return object.value === undefined ? unknownValue : fromWire(object.value, root);
    case specialResourceSig:
      return object.id ?? object.urn;
    case specialArchiveSig:
      if (typeof object.path === "string") return { archive: path.resolve(root, object.path) };
      throw new Error(
        "An archive other than a FileArchive is not known to the local cloud: pack it into one zip file.",
      );
    case specialAssetSig:
      if (typeof object.path === "string") return { asset: path.resolve(root, object.path) };
      if (typeof object.text === "string") return { text: object.text };
      throw new Error("A remote asset is not known to the local cloud: use a file.");
  }
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, fromWire(item, root)]));
}
