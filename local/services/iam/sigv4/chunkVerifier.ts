import { createHmac, hash } from "node:crypto";
import { SignatureError } from "./signatureError";
import type { Verified } from "./verifySignature";

const emptyHash = hash("sha256", "");

/**
 * Checks the signatures within a body sent as `STREAMING-AWS4-HMAC-SHA256-PAYLOAD[-TRAILER]`: each covers the one before.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export class ChunkVerifier {
  #previous: string;
  readonly #seed: Verified;

  constructor(seed: Verified) {
    this.#seed = seed;
    this.#previous = seed.signature;
  }

  /** @param hash SHA-256 of the chunk's data, hex */
  chunk(hash: string, signature: string | undefined): void {
    this.#check("AWS4-HMAC-SHA256-PAYLOAD", [emptyHash, hash], signature);
  }

  /** @param trailers the trailing headers without their signature, as `name:value` */
  trailer(trailers: readonly string[], signature: string | undefined): void {
    const lines = trailers.map((line) => `${line}\n`).join("");
    this.#check("AWS4-HMAC-SHA256-TRAILER", [hash("sha256", lines)], signature);
  }

  #check(algorithm: string, hashes: readonly string[], signature: string | undefined): void {
    const { timestamp, scope, signingKey } = this.#seed;
    const stringToSign = [algorithm, timestamp, scope, this.#previous, ...hashes].join("\n");
    const expected = createHmac("sha256", signingKey).update(stringToSign).digest("hex");
    if (signature !== expected) {
      throw new SignatureError("SignatureDoesNotMatch", "A chunk's signature does not match its data.");
    }
    this.#previous = expected;
  }
}
