import { specialArchiveSig, specialAssetSig, specialSigKey, unknownValue } from "@pulumi/pulumi/runtime/rpc";
import type { Properties, Value } from "../resourceType";
import { UNKNOWN } from "../unknown";

/** A plain value as it crosses Pulumi's wire, the other way of `fromWire`; `undefined` in an object is left out. */
export function toWire(value: Value): Value {
  if (value === UNKNOWN) return unknownValue;
  if (Array.isArray(value)) return value.map((item) => toWire(item ?? null));
  if (typeof value !== "object" || value === null) return value;
  const { archive, asset, sha256: hash } = value as Properties;
  if (typeof archive === "string") return { [specialSigKey]: specialArchiveSig, path: archive, hash };
  if (typeof asset === "string") return { [specialSigKey]: specialAssetSig, path: asset, hash };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, toWire(item)]),
  );
}
