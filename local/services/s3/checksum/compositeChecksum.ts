import type { Checksum } from "../store/types";
import { checksumHasher } from "./checksumHasher";

/** The checksum of a multipart object over its parts' checksums, `<base64>-<parts>`; `undefined` where a part has none. */
export function compositeChecksum(parts: readonly { readonly checksum?: Checksum }[]): Checksum | undefined {
  const algorithm = parts[0]?.checksum?.algorithm;
  if (!algorithm || parts.some((part) => part.checksum?.algorithm !== algorithm)) return undefined;
  const hasher = checksumHasher(algorithm);
  for (const part of parts) hasher.update(Buffer.from(part.checksum?.value ?? "", "base64"));
  return { algorithm, value: `${hasher.digest().toString("base64")}-${parts.length}`, type: "COMPOSITE" };
}
