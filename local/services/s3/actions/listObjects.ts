import type { Action } from "../action";
import { describeListed, ownerOf } from "../describeListed";
import { listKeys } from "../listKeys";
import { readListParameters } from "../wire/listParameters";
import { writeXml } from "../wire/writeXml";

export const listObjects: Action = async (call) => {
  const { bucket, request } = call;
  const list = readListParameters(request);
  await call.require("s3:ListBucket", { context: list.context });
  const marker = request.query("marker") ?? "";
  const page = listKeys(bucket.state.objects, { ...list, after: marker });
  const owner = ownerOf(call.options.accountId);
  return {
    body: writeXml("ListBucketResult", {
      Name: bucket.name,
      Prefix: list.encode(list.prefix),
      Marker: list.encode(marker),
      // Without a delimiter clients go on from the last key.
      NextMarker: page.next !== undefined && list.delimiter ? list.encode(page.next) : undefined,
      Delimiter: list.delimiter ? list.encode(list.delimiter) : undefined,
      MaxKeys: list.maxKeys,
      EncodingType: list.encodingType,
      IsTruncated: page.next !== undefined,
      Contents: page.objects.map((object) => ({
        Key: list.encode(object.key),
        ...describeListed(object),
        Owner: owner,
      })),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: list.encode(prefix) })),
    }),
  };
};
