import { createHash } from "node:crypto";
import type { ChecksumAlgorithm } from "@aws-sdk/client-s3";
import { checksumHasher } from "./checksum/checksumHasher";
import type { Checksum } from "./store/types";

/** Passes bytes on and knows their digests once they have ended; for bytes that are already here, where nothing is to be checked. */
export function digestStream(source: AsyncIterable<Uint8Array>, algorithm: ChecksumAlgorithm = "CRC64NVME") {
  const md5 = createHash("md5");
  const hasher = checksumHasher(algorithm);
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      md5.update(chunk);
      hasher.update(chunk);
      yield chunk;
    }
  }
  return {
    chunks: chunks(),
    digests: (): { md5: string; checksum: Checksum } => ({
      md5: md5.digest("hex"),
      checksum: { algorithm, value: hasher.digest().toString("base64"), type: "FULL_OBJECT" },
    }),
  };
}
