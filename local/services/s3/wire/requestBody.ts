import { createHash } from "node:crypto";
import type { ChecksumAlgorithm } from "@aws-sdk/client-s3";
import { ChunkVerifier } from "../../iam/sigv4/chunkVerifier";
import type { Verified } from "../../iam/sigv4/verifySignature";
import {
  CHECKSUM_ALGORITHMS,
  checksumHeader,
  DEFAULT_CHECKSUM,
  Digester,
  type Digests,
  isChecksumValue,
} from "../checksums";
import { S3Error } from "../s3Error";
import { decodeAwsChunked } from "./decodeAwsChunked";
import type { S3Request } from "./s3Request";

/** S3 takes up to 5 GiB in one request. */
const MAX_BYTES = 5 * 1024 ** 3;

/** An upload's bytes; reading them throws if they are not what the client said they would be. */
export interface RequestBody {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Digests of all chunks, once they have ended. */
  digests(): Digests;
}

/**
 * The body of a request, without `aws-chunked` framing, checked against its length, `Content-MD5`,
 * `x-amz-content-sha256` and `x-amz-checksum-…` as header or trailer.
 *
 * @param options.algorithm    Computed where the client sends no checksum. @default CRC64NVME
 * @param options.ownChecksum  Whether the checksum headers are about this body. @default true
 */
export function requestBody(
  request: S3Request,
  verified: Verified,
  options: { readonly algorithm?: ChecksumAlgorithm; readonly ownChecksum?: boolean } = {},
): RequestBody {
  const { algorithm = DEFAULT_CHECKSUM, ownChecksum = true } = options;
  const length = readLength(request);
  const md5 = readMd5(request);
  const declared = ownChecksum ? readChecksum(request) : undefined;
  const digester = new Digester(declared?.algorithm ?? algorithm);
  const sha256 = /^[0-9a-f]{64}$/.test(verified.payloadHash) ? createHash("sha256") : undefined;
  let digests: Digests | undefined;

  async function* chunks(): AsyncGenerator<Uint8Array> {
    const trailers = new Map<string, string>();
    let received = 0;
    for await (const chunk of decoded(request, verified, trailers)) {
      received += chunk.length;
      if (received > length) throw new S3Error("IncompleteBody");
      digester.update(chunk);
      sha256?.update(chunk);
      yield chunk;
    }
    if (received !== length) throw new S3Error("IncompleteBody");
    digests = await digester.digests();
    md5?.check(digests.md5);
    const hash = sha256?.digest("hex");
    if (hash !== undefined && hash !== verified.payloadHash) {
      throw new S3Error("XAmzContentSHA256Mismatch", {
        details: { ClientComputedContentSHA256: verified.payloadHash, S3ComputedContentSHA256: hash },
      });
    }
    if (declared) checkChecksum(declared, trailers, digests.checksum.value);
  }

  return {
    chunks: chunks(),
    digests: () => {
      if (!digests) throw new Error("The body has not been read to its end.");
      return digests;
    },
  };
}

/** The body of a request as text, for XML. @throws S3Error  EntityTooLarge over 8 MiB: lists of 1,000 keys, or of 10,000 parts, take less. */
export async function readText(
  request: S3Request,
  verified: Verified,
  options: { readonly ownChecksum?: boolean } = {},
): Promise<string> {
  const maxBytes = 8 * 1024 ** 2;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of requestBody(request, verified, options).chunks) {
    size += chunk.length;
    if (size > maxBytes) throw new S3Error("EntityTooLarge", { details: { MaxSizeAllowed: maxBytes } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function decoded(
  request: S3Request,
  verified: Verified,
  trailers: Map<string, string>,
): AsyncIterable<Buffer> {
  const hash = verified.payloadHash;
  if (!hash.startsWith("STREAMING-")) return request.body();
  if (!/^STREAMING-(UNSIGNED-PAYLOAD-TRAILER|AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?)$/.test(hash)) {
    throw new S3Error("NotImplemented", { details: { Header: "x-amz-content-sha256" } });
  }
  const verifier = hash.startsWith("STREAMING-AWS4") ? new ChunkVerifier(verified) : undefined;
  return decodeAwsChunked(request.body(), trailers, verifier);
}

function readLength(request: S3Request): number {
  const text = request.header("x-amz-decoded-content-length") ?? request.header("content-length");
  if (text === undefined) {
    // Clients that stream to a presigned URL meet it: curl from a pipe, fetch.
    if (request.hasHeader("transfer-encoding")) {
      throw new S3Error("NotImplemented", { details: { Header: "Transfer-Encoding" } });
    }
    throw new S3Error("MissingContentLength");
  }
  if (!/^\d{1,15}$/.test(text)) {
    throw new S3Error("InvalidArgument", { message: "The content length is not a number." });
  }
  const length = Number(text);
  if (length > MAX_BYTES) {
    throw new S3Error("EntityTooLarge", { details: { ProposedSize: length, MaxSizeAllowed: MAX_BYTES } });
  }
  return length;
}

function readMd5(request: S3Request): { check(actual: string): void } | undefined {
  if (!request.hasHeader("content-md5")) return undefined;
  const given = request.header("content-md5") ?? "";
  const expected = Buffer.from(given, "base64");
  if (expected.length !== 16 || expected.toString("base64") !== given) {
    throw new S3Error("InvalidDigest", { details: { "Content-MD5": given.slice(0, 100) } });
  }
  return {
    check(actual) {
      if (expected.toString("hex") === actual) return;
      throw new S3Error("BadDigest", {
        details: {
          // As recorded, each action in a form of its own.
          ExpectedDigest: expected.toString(request.query("partNumber") === undefined ? "hex" : "base64"),
          CalculatedDigest: Buffer.from(actual, "hex").toString("base64"),
        },
      });
    },
  };
}

interface DeclaredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  /** Missing where it follows the body, or where only the algorithm is named. */
  readonly value?: string;
  readonly isTrailing: boolean;
}

/** The algorithm of `x-amz-checksum-crc32` and its like, `undefined` for other headers. */
function algorithmOfHeader(header: string): ChecksumAlgorithm | undefined {
  return CHECKSUM_ALGORITHMS.find((algorithm) => checksumHeader(algorithm) === header);
}

/** The values of checksums that a request has in its headers. @throws S3Error  One is not of its algorithm's form. */
export function checksumsOf(
  request: Pick<S3Request, "header">,
): { algorithm: ChecksumAlgorithm; value: string }[] {
  return CHECKSUM_ALGORITHMS.flatMap((algorithm) => {
    const value = request.header(checksumHeader(algorithm));
    return value === undefined ? [] : [{ algorithm, value }];
  });
}

/** The one checksum that a request or a form says its bytes have. @throws S3Error  InvalidRequest */
export function readChecksum(request: Pick<S3Request, "header">): DeclaredChecksum | undefined {
  const sent = checksumsOf(request).map((one) => ({ ...one, isTrailing: false }));
  const trailing = (request.header("x-amz-trailer") ?? "")
    .split(",")
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name.startsWith("x-amz-checksum-"))
    .map((name) => ({ algorithm: algorithmOfHeader(name) ?? unknownAlgorithm(), isTrailing: true }));
  const [first, second] = [...sent, ...trailing];
  if (second) {
    throw new S3Error("InvalidRequest", {
      message: "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
    });
  }
  for (const { algorithm, value } of sent) {
    if (isChecksumValue(algorithm, value)) continue;
    throw new S3Error("InvalidRequest", {
      message: `Value for ${checksumHeader(algorithm)} header is invalid.`,
    });
  }
  const named = request.header("x-amz-sdk-checksum-algorithm")?.toUpperCase();
  const algorithm = CHECKSUM_ALGORITHMS.find((one) => one === named);
  if (named !== undefined && !algorithm) {
    throw new S3Error("InvalidRequest", {
      message: "Value for x-amz-sdk-checksum-algorithm header is invalid.",
    });
  }
  return first ?? (algorithm && { algorithm, isTrailing: false });
}

function unknownAlgorithm(): never {
  throw new S3Error("InvalidRequest", {
    message: "The value specified in the x-amz-trailer header is not supported",
  });
}

/** @throws S3Error  BadDigest; IncompleteBody where a checksum was to follow the body. */
export function checkChecksum(
  declared: DeclaredChecksum,
  trailers: ReadonlyMap<string, string>,
  actual: string,
): void {
  const { algorithm } = declared;
  const expected = declared.value ?? trailers.get(checksumHeader(algorithm));
  if (declared.isTrailing && expected === undefined) {
    throw new S3Error("IncompleteBody", {
      message: "The request body terminated unexpectedly",
    });
  }
  if (expected !== undefined && expected !== actual) {
    throw new S3Error("BadDigest", {
      message: `The ${algorithm} you specified did not match the calculated checksum.`,
    });
  }
}
