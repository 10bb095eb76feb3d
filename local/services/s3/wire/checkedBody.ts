import { createHash } from "node:crypto";
import type { ChecksumAlgorithm } from "@aws-sdk/client-s3";
import { ChunkVerifier } from "../../iam/sigv4/chunkVerifier";
import type { Verified } from "../../iam/sigv4/verifySignature";
import { checksumAlgorithms, checksumHasher } from "../checksum/checksumHasher";
import { S3Error } from "../s3Error";
import type { Checksum } from "../store/types";
import { decodeAwsChunked } from "./decodeAwsChunked";
import type { S3Request } from "./s3Request";

/** S3 takes up to 5 GiB in one request. */
const maxBytes = 5 * 1024 ** 3;

/** An upload's bytes, which end in an error where they are not what the client said they would be. */
export interface CheckedBody {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Of all chunks, once they have ended. */
  digests(): { md5: string; checksum: Checksum };
}

/**
 * The body of a request, without `aws-chunked` framing, checked against its length, `Content-MD5`,
 * `x-amz-content-sha256` and `x-amz-checksum-…` as header or trailer, unless `ownChecksum` says that those headers
 * are about something else. Without a checksum of the client's, `algorithm` is computed: S3 takes CRC64NVME then.
 */
export function checkedBody(
  request: S3Request,
  verified: Verified,
  {
    algorithm = "CRC64NVME",
    ownChecksum = true,
  }: { readonly algorithm?: ChecksumAlgorithm; readonly ownChecksum?: boolean } = {},
): CheckedBody {
  const length = readLength(request);
  const declared = ownChecksum ? readChecksum(request) : undefined;
  const hasher = checksumHasher(declared?.algorithm ?? algorithm);
  const md5 = createHash("md5");
  const sha256 = /^[0-9a-f]{64}$/.test(verified.payloadHash) ? createHash("sha256") : undefined;
  let result: ReturnType<CheckedBody["digests"]> | undefined;

  async function* chunks(): AsyncGenerator<Uint8Array> {
    const trailers = new Map<string, string>();
    let received = 0;
    for await (const chunk of decoded(request, verified, trailers)) {
      received += chunk.length;
      if (received > length) throw new S3Error("IncompleteBody");
      md5.update(chunk);
      hasher.update(chunk);
      sha256?.update(chunk);
      yield chunk;
    }
    if (received !== length) throw new S3Error("IncompleteBody");
    const hash = md5.digest();
    checkMd5(request.header("content-md5"), hash);
    if (sha256 && sha256.digest("hex") !== verified.payloadHash)
      throw new S3Error("XAmzContentSHA256Mismatch");
    const value = hasher.digest().toString("base64");
    const expected = declared && (declared.value ?? trailers.get(checksumHeader(declared.algorithm)));
    if (expected !== undefined && expected !== value) {
      const name = declared?.algorithm;
      throw new S3Error("BadDigest", `The ${name} you specified did not match the calculated checksum.`);
    }
    if (declared?.trailing && expected === undefined) throw new S3Error("IncompleteBody");
    const checksum: Checksum = { algorithm: declared?.algorithm ?? algorithm, value, type: "FULL_OBJECT" };
    result = { md5: hash.toString("hex"), checksum };
  }

  return {
    chunks: chunks(),
    digests: () => {
      if (!result) throw new Error("The body has not been read to its end.");
      return result;
    },
  };
}

/** `x-amz-checksum-crc32` for `CRC32`. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

function decoded(
  request: S3Request,
  verified: Verified,
  trailers: Map<string, string>,
): AsyncIterable<Buffer> {
  const hash = verified.payloadHash;
  if (!hash.startsWith("STREAMING-")) return request.body();
  if (!/^STREAMING-(UNSIGNED-PAYLOAD-TRAILER|AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?)$/.test(hash)) {
    throw new S3Error("NotImplemented", `x-amz-content-sha256 ${hash} is not implemented.`);
  }
  const verifier = hash.startsWith("STREAMING-AWS4") ? new ChunkVerifier(verified) : undefined;
  return decodeAwsChunked(request.body(), trailers, verifier);
}

function readLength(request: S3Request): number {
  const text = request.header("x-amz-decoded-content-length") ?? request.header("content-length");
  if (text === undefined) throw new S3Error("MissingContentLength");
  if (!/^\d{1,15}$/.test(text)) throw new S3Error("InvalidArgument", "The content length is not a number.");
  const length = Number(text);
  if (length > maxBytes) throw new S3Error("EntityTooLarge", undefined, { MaxSizeAllowed: maxBytes });
  return length;
}

interface DeclaredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** `undefined` where it follows the body, or where only the algorithm is named. */
  readonly value?: string;
  readonly trailing: boolean;
}

function readChecksum(request: S3Request): DeclaredChecksum | undefined {
  const sent = request
    .headerNames()
    .filter((name) => /^x-amz-checksum-(?!algorithm|type|mode)/.test(name))
    .map((name) => ({ name, value: request.header(name), trailing: false }));
  const trailing = (request.header("x-amz-trailer") ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name.startsWith("x-amz-checksum-"))
    .map((name) => ({ name, value: undefined, trailing: true }));
  const [first, second] = [...sent, ...trailing];
  if (second) throw new S3Error("InvalidRequest", "Expecting a single x-amz-checksum- header.");
  const algorithm = (
    first?.name.slice("x-amz-checksum-".length) ?? request.header("x-amz-sdk-checksum-algorithm")
  )?.toUpperCase();
  if (algorithm === undefined) return undefined;
  const known = checksumAlgorithms.find((one) => one === algorithm);
  if (!known) throw new S3Error("NotImplemented", `The checksum algorithm ${algorithm} is not implemented.`);
  return { algorithm: known, value: first?.value, trailing: first?.trailing ?? false };
}

function checkMd5(expected: string | undefined, hash: Buffer): void {
  if (expected === undefined) return;
  const given = Buffer.from(expected, "base64");
  if (given.length !== 16) throw new S3Error("InvalidDigest");
  if (!given.equals(hash)) throw new S3Error("BadDigest");
}
