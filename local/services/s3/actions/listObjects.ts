import type { ListObjectsRequest } from "@aws-sdk/client-s3";
import { writeXml } from "../../../http/writeXml";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { describePage, ownerOf, readKeyListParameters } from "../listing";
import { listKeys } from "../listKeys";
import { LIST_OBJECTS } from "../parameters";

export const listObjects = defineAction<ListObjectsRequest>(
  "ListObjects",
  { ...LIST_OBJECTS, Marker: served },
  async (call) => {
    const { bucket, request } = call;
    const list = readKeyListParameters(request);
    await call.require("s3:ListBucket", { context: list.context });
    const marker = request.query("marker") ?? "";
    const page = listKeys(bucket.state.objects, { ...list, after: marker });
    const owner = ownerOf(call.options.accountId);
    return {
      headers: { "x-amz-bucket-region": call.options.region },
      body: writeXml("ListBucketResult", {
        Name: bucket.name,
        Prefix: list.encode(list.prefix),
        Marker: list.encode(marker),
        // Without a delimiter clients go on from the last key.
        NextMarker: page.next !== undefined && list.delimiter ? list.encode(page.next) : undefined,
        Delimiter: list.delimiter ? list.encode(list.delimiter) : undefined,
        MaxKeys: list.maxKeys,
        EncodingType: list.encodingType,
        ...describePage(page, list, owner),
      }),
    };
  },
);
