import type { ListMultipartUploadsRequest } from "@aws-sdk/client-s3";
import { writeXml } from "../../../http/writeXml";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { initiatorOf, ownerOf, readListParameters, readMaximum, toSeconds } from "../listing";
import { listUploads } from "../listUploads";
import { LIST } from "../parameters";

export const listMultipartUploads = defineAction<ListMultipartUploadsRequest>(
  "ListMultipartUploads",
  { ...LIST, KeyMarker: served, MaxUploads: served, UploadIdMarker: served },
  async (call) => {
    const { bucket, request } = call;
    const list = readListParameters(request);
    await call.require("s3:ListBucketMultipartUploads");
    const keyMarker = request.query("key-marker") ?? "";
    // Without a key marker AWS ignores this one.
    const uploadIdMarker = keyMarker === "" ? "" : (request.query("upload-id-marker") ?? "");
    const maxUploads = readMaximum(request, "max-uploads");
    const after = { key: keyMarker, uploadId: uploadIdMarker || undefined };
    const page = listUploads(bucket.state.uploads, { ...list, maxUploads, after });
    const last = page.uploads.at(-1);
    const next = page.next ?? (last && { key: last.key, uploadId: last.uploadId });
    return {
      body: writeXml("ListMultipartUploadsResult", {
        Bucket: bucket.name,
        KeyMarker: list.encode(keyMarker),
        UploadIdMarker: uploadIdMarker,
        NextKeyMarker: list.encode(next?.key ?? ""),
        Prefix: list.prefix ? list.encode(list.prefix) : undefined,
        Delimiter: list.delimiter ? list.encode(list.delimiter) : undefined,
        NextUploadIdMarker: next?.uploadId ?? "",
        MaxUploads: maxUploads,
        EncodingType: list.encodingType,
        IsTruncated: page.next !== undefined,
        Upload: page.uploads.map((upload) => ({
          Key: list.encode(upload.key),
          UploadId: upload.uploadId,
          Initiator: initiatorOf(call.caller),
          Owner: ownerOf(call.options.accountId),
          StorageClass: upload.metadata.storageClass ?? "STANDARD",
          Initiated: toSeconds(upload.initiated),
          ChecksumAlgorithm: upload.checksumAlgorithm,
          ChecksumType: upload.checksumType,
        })),
        CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: list.encode(prefix) })),
      }),
    };
  },
);
