import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { ChecksumAlgorithm } from "@aws-sdk/client-s3";
import { crc32c } from "./crc32c";
import { Crc64Nvme } from "./crc64Nvme";

/** Takes bytes in, gives the checksum's bytes out. */
export interface ChecksumHasher {
  update(data: Uint8Array): unknown;
  digest(): Buffer;
}

const hashers: Partial<Record<ChecksumAlgorithm, () => ChecksumHasher>> = {
  CRC32: () => crc32Hasher(crc32),
  CRC32C: () => crc32Hasher(crc32c),
  CRC64NVME: () => new Crc64Nvme(),
  SHA1: () => createHash("sha1"),
  SHA256: () => createHash("sha256"),
  SHA512: () => createHash("sha512"),
  MD5: () => createHash("md5"),
};

/** The checksum algorithms that are verified and returned: S3's, but for the xxHash family. */
export const checksumAlgorithms = Object.keys(hashers) as readonly ChecksumAlgorithm[];

/** @throws Error for an algorithm that is not in {@link checksumAlgorithms} */
export function checksumHasher(algorithm: ChecksumAlgorithm): ChecksumHasher {
  const make = hashers[algorithm];
  if (!make) throw new Error(`There is no checksum algorithm ${algorithm} here.`);
  return make();
}

function crc32Hasher(crc: (data: Uint8Array, previous?: number) => number): ChecksumHasher {
  let value = 0;
  return {
    update: (data) => {
      value = crc(data, value);
    },
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}
