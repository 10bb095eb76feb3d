import { createHash } from "node:crypto";
import type { Action } from "../action";
import type { Call } from "../call";
import { compositeChecksum } from "../checksum/compositeChecksum";
import { versionHeaders } from "../describeObject";
import { digestStream } from "../digestStream";
import { findUpload } from "../findUpload";
import { S3Error } from "../s3Error";
import { storeObject } from "../store/storeObject";
import type { Checksum, Part, Upload } from "../store/types";
import { checksumHeader } from "../wire/checkedBody";
import { checkWritePreconditions } from "../wire/checkPreconditions";
import { readText } from "../wire/readText";
import { readXml, type XmlElement } from "../wire/readXml";
import { writeXml } from "../wire/writeXml";

/** Every part but the last has at least 5 MiB. */
const minPartBytes = 5 * 1024 ** 2;

export const completeMultipartUpload: Action = async (call) => {
  const { bucket, key, now } = call;
  await call.require("s3:PutObject");
  const upload = findUpload(call);
  const check = checkWritePreconditions(call.request);
  const parts = await readParts(call, upload.parts);
  const checksum = await objectChecksum(call, upload, parts);
  const hash = createHash("md5");
  for (const part of parts) hash.update(part.md5, "hex");
  const segments = parts.map(({ file, size }) => ({ file, size }));
  const etag = `${hash.digest("hex")}-${parts.length}`;
  const draft = { key, etag, segments, multipart: true as const, metadata: upload.metadata, checksum };
  const version = await storeObject(bucket, draft, { now, check, completes: upload.uploadId });
  call.notify("ObjectCreated:CompleteMultipartUpload", version);
  const { etag: quoted, ...headers } = versionHeaders(bucket, version);
  return {
    headers,
    body: writeXml("CompleteMultipartUploadResult", {
      Location: `/${bucket.name}/${key}`,
      Bucket: bucket.name,
      Key: key,
      ETag: quoted,
      [`Checksum${checksum.algorithm}`]: checksum.value,
      ChecksumType: checksum.type,
    }),
  };
};

async function readParts(call: Call, uploaded: ReadonlyMap<number, Part>): Promise<Part[]> {
  // The checksum headers of this request are about the object, not about its body.
  const text = await readText(call.request, call.verified, { ownChecksum: false });
  const wanted = readXml(text, "CompleteMultipartUpload").all("Part");
  if (wanted.length === 0) throw new S3Error("MalformedXML");
  const numbers = wanted.map((element) => Number(element.get("PartNumber")));
  if (!numbers.every((number, i) => number > (numbers[i - 1] ?? 0))) throw new S3Error("InvalidPartOrder");
  const parts = wanted.map((element) => findPart(element, uploaded));
  const small = parts.slice(0, -1).find((part) => part.size < minPartBytes);
  if (small) {
    throw new S3Error("EntityTooSmall", undefined, {
      ProposedSize: small.size,
      MinSizeAllowed: minPartBytes,
      PartNumber: small.partNumber,
    });
  }
  return parts;
}

function findPart(element: XmlElement, uploaded: ReadonlyMap<number, Part>): Part {
  const number = Number(element.get("PartNumber"));
  const etag = element.get("ETag")?.replace(/^"|"$/g, "");
  const part = uploaded.get(number);
  const checksum = part?.checksum && element.get(`Checksum${part.checksum.algorithm}`);
  if (part && part.md5 === etag && (checksum === undefined || checksum === part.checksum?.value)) return part;
  throw new S3Error("InvalidPart", undefined, { PartNumber: number, ETag: etag });
}

async function objectChecksum(call: Call, upload: Upload, parts: readonly Part[]): Promise<Checksum> {
  const composite = upload.checksumType === "COMPOSITE" ? compositeChecksum(parts) : undefined;
  const checksum = composite ?? (await fullChecksum(call, upload, parts));
  const expected = call.request.header(checksumHeader(checksum.algorithm));
  if (expected !== undefined && expected !== checksum.value) {
    throw new S3Error(
      "BadDigest",
      `The ${checksum.algorithm} you specified did not match the calculated checksum.`,
    );
  }
  return checksum;
}

async function fullChecksum(call: Call, upload: Upload, parts: readonly Part[]): Promise<Checksum> {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const { chunks, digests } = digestStream(call.bucket.data.read(parts, 0, size), upload.checksumAlgorithm);
  for await (const _ of chunks);
  return digests().checksum;
}
