import type { ListObjectsV2Request } from "@aws-sdk/client-s3";
import { writeXml } from "../../../http/writeXml";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { describePage, ownerOf, readKeyListParameters, readToken, writeToken } from "../listing";
import { listKeys } from "../listKeys";
import { LIST_OBJECTS } from "../parameters";

export const listObjectsV2 = defineAction<ListObjectsV2Request>(
  "ListObjectsV2",
  { ...LIST_OBJECTS, ContinuationToken: served, FetchOwner: served, StartAfter: served },
  async (call) => {
    const { bucket, request } = call;
    const list = readKeyListParameters(request);
    await call.require("s3:ListBucket", { context: list.context });
    const token = request.query("continuation-token");
    const startAfter = request.query("start-after");
    const after = token === undefined ? (startAfter ?? "") : readToken(token);
    const page = listKeys(bucket.state.objects, { ...list, after });
    const owner = request.query("fetch-owner") === "true" ? ownerOf(call.options.accountId) : undefined;
    return {
      headers: { "x-amz-bucket-region": call.options.region },
      body: writeXml("ListBucketResult", {
        Name: bucket.name,
        Prefix: list.encode(list.prefix),
        Delimiter: list.delimiter ? list.encode(list.delimiter) : undefined,
        MaxKeys: list.maxKeys,
        KeyCount: page.objects.length + page.commonPrefixes.length,
        EncodingType: list.encodingType,
        // A continuation token says where to go on by itself.
        StartAfter: token === undefined && startAfter ? list.encode(startAfter) : undefined,
        ContinuationToken: token,
        NextContinuationToken: page.next === undefined ? undefined : writeToken(page.next),
        ...describePage(page, list, owner),
      }),
    };
  },
);
