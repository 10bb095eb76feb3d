import type { Action } from "../action";
import { ownerOf } from "../describeListed";
import { writeXml } from "../wire/writeXml";

export const listBuckets: Action = async (call) => {
  await call.require("s3:ListAllMyBuckets");
  const prefix = call.request.query("prefix");
  const buckets = call.store.buckets().filter(({ name }) => name.startsWith(prefix ?? ""));
  return {
    body: writeXml("ListAllMyBucketsResult", {
      Owner: ownerOf(call.options.accountId),
      Buckets: {
        Bucket: buckets.map(({ name, configuration }) => ({
          Name: name,
          CreationDate: configuration.creationDate,
          BucketRegion: call.options.region,
        })),
      },
      Prefix: prefix,
    }),
  };
};
