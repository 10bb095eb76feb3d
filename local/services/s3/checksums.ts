import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { Crc32c, Crc64Nvme } from "@aws-sdk/checksums/crc";
import { Xxh3_64, Xxh3_128, Xxh64 } from "@aws-sdk/checksums/xxh";
import type { ChecksumAlgorithm } from "@aws-sdk/client-s3";
import type { Checksum } from "./store/types";

/** Takes bytes in, gives the checksum's bytes out. */
interface Hasher {
  update(data: Uint8Array): unknown;
  digest(): Uint8Array | Promise<Uint8Array>;
}

const HASHERS: Readonly<Record<ChecksumAlgorithm, () => Hasher>> = {
  CRC32: crc32Hasher,
  CRC32C: () => new Crc32c(),
  CRC64NVME: () => new Crc64Nvme(),
  MD5: () => createHash("md5"),
  SHA1: () => createHash("sha1"),
  SHA256: () => createHash("sha256"),
  SHA512: () => createHash("sha512"),
  XXHASH128: () => new Xxh3_128(),
  XXHASH3: () => new Xxh3_64(),
  XXHASH64: () => new Xxh64(),
};

export const CHECKSUM_ALGORITHMS = Object.keys(HASHERS) as readonly ChecksumAlgorithm[];

/** S3 computes this one where the client names none. */
export const DEFAULT_CHECKSUM = "CRC64NVME";

/** MD5, by which S3 names an object's content, and a checksum. */
export interface Digests {
  /** Hex. */
  readonly md5: string;
  readonly checksum: Checksum;
}

/** Computes the {@link Digests} of bytes as they pass. */
export class Digester {
  readonly #md5 = createHash("md5");
  readonly #hasher: Hasher;
  readonly #algorithm: ChecksumAlgorithm;

  constructor(algorithm: ChecksumAlgorithm = DEFAULT_CHECKSUM) {
    this.#algorithm = algorithm;
    this.#hasher = HASHERS[algorithm]();
  }

  update(data: Uint8Array): void {
    this.#md5.update(data);
    this.#hasher.update(data);
  }

  async digests(): Promise<Digests> {
    const value = Buffer.from(await this.#hasher.digest()).toString("base64");
    return {
      md5: this.#md5.digest("hex"),
      checksum: { algorithm: this.#algorithm, value, type: "FULL_OBJECT" },
    };
  }
}

/** Passes bytes on to `digester`, for bytes that need no check. */
export async function* digested(
  source: AsyncIterable<Uint8Array>,
  digester: Digester,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    digester.update(chunk);
    yield chunk;
  }
}

/** The checksum of a multipart object over its parts' checksums, `<base64>-<parts>`. */
export async function compositeChecksum(
  algorithm: ChecksumAlgorithm,
  parts: readonly { readonly checksum?: Checksum }[],
): Promise<Checksum> {
  const hasher = HASHERS[algorithm]();
  for (const part of parts) hasher.update(Buffer.from(part.checksum?.value ?? "", "base64"));
  const value = Buffer.from(await hasher.digest()).toString("base64");
  return { algorithm, value: `${value}-${parts.length}`, type: "COMPOSITE" };
}

/** Bytes of a checksum in base64; a value of another length is not one. */
export function isChecksumValue(algorithm: ChecksumAlgorithm, value: string): boolean {
  const bytes = Buffer.from(value, "base64");
  return bytes.length === LENGTHS[algorithm] && bytes.toString("base64") === value;
}

const LENGTHS: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  MD5: 16,
  SHA1: 20,
  SHA256: 32,
  SHA512: 64,
  XXHASH128: 16,
  XXHASH3: 8,
  XXHASH64: 8,
};

/** `x-amz-checksum-crc32` for `CRC32`. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** The checksum as responses' headers say it. */
export function checksumHeaders(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  if (!checksum) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, "x-amz-checksum-type": checksum.type };
}

/** The checksum as responses' XML says it. */
export function checksumElements(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  if (!checksum) return {};
  return { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type };
}

function crc32Hasher(): Hasher {
  let value = 0;
  return {
    update(data) {
      value = crc32(data, value);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}
