import { createHash } from "node:crypto";
import type { CompleteMultipartUploadRequest } from "@aws-sdk/client-s3";
import { writeXml } from "../../../http/writeXml";
import { served } from "../../../resources/treatment";
import { awsUriEncode } from "../../iam/sigv4/awsUriEncode";
import { defineAction } from "../action";
import type { Call } from "../call";
import { checksumElements, compositeChecksum, Digester } from "../checksums";
import { completedParts } from "../completedParts";
import { readChecksumType } from "../multipartChecksum";
import { findUpload } from "../multipartUpload";
import { uploadHeaders } from "../objectHeaders";
import { CHECKSUMS, CONDITIONAL_WRITE, CUSTOMER_KEY_OF_WRITE, OBJECT } from "../parameters";
import { S3Error } from "../s3Error";
import type { OpenUpload } from "../store/bucketState";
import { storeObject } from "../store/storeObject";
import type { Checksum, ObjectVersion, Part } from "../store/types";
import { writePreconditions } from "../wire/preconditions";
import { checksumsOf } from "../wire/requestBody";
import type { S3Response } from "../wire/response";

export const completeMultipartUpload = defineAction<CompleteMultipartUploadRequest>(
  "CompleteMultipartUpload",
  {
    ...OBJECT,
    ...CHECKSUMS,
    ...CONDITIONAL_WRITE,
    ...CUSTOMER_KEY_OF_WRITE,
    ChecksumType: served,
    MpuObjectSize: served,
    MultipartUpload: served,
    UploadId: served,
  },
  async (call) => {
    const { bucket, key, now } = call;
    await call.require("s3:PutObject");
    const completed = findCompleted(call);
    if (completed) return describe(call, completed);
    const upload = findUpload(call);
    const check = writePreconditions(call.request);
    checkType(call, upload);
    // The checksum headers of this request are about the object, not about its body.
    const parts = completedParts(await call.readText({ ownChecksum: false }), upload);
    checkSize(call, parts);
    const checksum = await objectChecksum(call, upload, parts);
    const hash = createHash("md5");
    for (const part of parts) hash.update(part.md5, "hex");
    const version = await storeObject(
      bucket,
      {
        key,
        etag: `${hash.digest("hex")}-${parts.length}`,
        segments: parts.map(({ file, size, checksum: own }) => ({
          file,
          size,
          ...(checksum.type === "COMPOSITE" && { checksum: own }),
        })),
        multipart: true,
        uploadId: upload.uploadId,
        metadata: upload.metadata,
        checksum,
      },
      { now, check, completes: upload.uploadId },
    );
    call.notify("ObjectCreated:CompleteMultipartUpload", version);
    return describe(call, version);
  },
);

/** The object that the upload has become already: clients repeat a request whose response they have lost. */
function findCompleted({ bucket, key, request }: Call): ObjectVersion | undefined {
  const uploadId = request.query("uploadId");
  const versions = bucket.state.objects.versions(key);
  return versions.find((one): one is ObjectVersion => "uploadId" in one && one.uploadId === uploadId);
}

function describe({ bucket, key, request }: Call, version: ObjectVersion): S3Response {
  const { etag, ...headers } = uploadHeaders(bucket, version);
  const host = request.header("host") ?? "";
  const path = awsUriEncode(key);
  return {
    headers,
    body: writeXml("CompleteMultipartUploadResult", {
      Location: `http://${host}/${request.isVirtualHosted ? "" : `${bucket.name}/`}${path}`,
      Bucket: bucket.name,
      Key: key,
      ETag: etag,
      ...checksumElements(version.checksum),
    }),
  };
}

/** @throws S3Error  InvalidRequest: the checksum is not of the upload's type. */
function checkType({ request }: Call, { checksumType }: OpenUpload): void {
  const type = readChecksumType(request);
  if (type === undefined || type === checksumType) return;
  throw new S3Error("InvalidRequest", {
    message: `The upload was created using the ${checksumType ?? "null"} checksum mode. The complete request must use the same checksum mode.`,
  });
}

/** @throws S3Error  InvalidRequest: the object is not as large as the client says. */
function checkSize({ request }: Call, parts: readonly Part[]): void {
  const expected = request.header("x-amz-mp-object-size");
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  if (expected === undefined || Number(expected) === size) return;
  throw new S3Error("InvalidRequest", {
    message: `The provided 'x-amz-mp-object-size' header value ${expected.slice(0, 100)} does not match what was computed: ${size}`,
  });
}

async function objectChecksum(call: Call, upload: OpenUpload, parts: readonly Part[]): Promise<Checksum> {
  const { checksumAlgorithm: algorithm, checksumType } = upload;
  const checksum =
    algorithm && checksumType === "COMPOSITE"
      ? await compositeChecksum(algorithm, parts)
      : await fullChecksum(call, upload, parts);
  // Without an algorithm of the upload's, S3 ignores what the client says.
  const mismatch =
    algorithm &&
    checksumsOf(call.request).find((one) => !isSame(one, checksum, readChecksumType(call.request)));
  if (mismatch) {
    throw new S3Error("BadDigest", {
      message: `The ${algorithm.toLowerCase()} you specified did not match the calculated checksum.`,
    });
  }
  return checksum;
}

/** A checksum of the whole object counts only together with its type. */
function isSame(
  given: { readonly algorithm: string; readonly value: string },
  checksum: Checksum,
  type: string | undefined,
): boolean {
  const isTyped = checksum.type === "COMPOSITE" || checksum.algorithm === "CRC64NVME" || type !== undefined;
  return isTyped && given.algorithm === checksum.algorithm && given.value === checksum.value;
}

async function fullChecksum(call: Call, upload: OpenUpload, parts: readonly Part[]): Promise<Checksum> {
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const digester = new Digester(upload.checksumAlgorithm);
  for await (const chunk of await call.bucket.data.read(parts, 0, size)) digester.update(chunk);
  return (await digester.digests()).checksum;
}
