import type { ListBucketsRequest } from "@aws-sdk/client-s3";
import { writeXml } from "../../../http/writeXml";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { bucketArn, ownerOf, readCount, readToken, toSeconds, writeToken } from "../listing";

/** Buckets of a list, unless the client asks for fewer. */
const MOST = 10_000;

export const listBuckets = defineAction<ListBucketsRequest>(
  "ListBuckets",
  { BucketRegion: served, ContinuationToken: served, MaxBuckets: served, Prefix: served },
  async (call) => {
    await call.require("s3:ListAllMyBuckets");
    const { request, options } = call;
    const prefix = request.queryValue("prefix");
    const region = request.queryValue("bucket-region") ?? options.region;
    const token = request.queryValue("continuation-token");
    const maxBuckets = readCount("max-buckets", request.queryValue("max-buckets")) ?? MOST;
    const after = token === undefined ? "" : readToken(token);
    const buckets = call.store
      .buckets()
      .filter(({ name }) => name.startsWith(prefix ?? "") && name > after && region === options.region);
    const page = buckets.slice(0, maxBuckets);
    const last = page.at(-1);
    return {
      body: writeXml("ListAllMyBucketsResult", {
        Owner: ownerOf(options.accountId),
        Buckets: {
          Bucket: page.map(({ name, configuration }) => ({
            Name: name,
            CreationDate: toSeconds(configuration.creationDate),
            BucketRegion: options.region,
            BucketArn: bucketArn(name),
          })),
        },
        Prefix: prefix,
        ContinuationToken: last && page.length < buckets.length ? writeToken(last.name) : undefined,
      }),
    };
  },
);
