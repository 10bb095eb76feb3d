import type { Action } from "../action";
import { describeListed, ownerOf } from "../describeListed";
import { listKeys } from "../listKeys";
import { S3Error } from "../s3Error";
import { readListParameters } from "../wire/listParameters";
import { writeXml } from "../wire/writeXml";

export const listObjectsV2: Action = async (call) => {
  const { bucket, request } = call;
  const list = readListParameters(request);
  await call.require("s3:ListBucket", { context: list.context });
  const token = request.query("continuation-token");
  const startAfter = request.query("start-after");
  const after = token === undefined ? (startAfter ?? "") : readToken(token);
  const page = listKeys(bucket.state.objects, { ...list, after });
  const owner = request.query("fetch-owner") === "true" ? ownerOf(call.options.accountId) : undefined;
  return {
    body: writeXml("ListBucketResult", {
      Name: bucket.name,
      Prefix: list.encode(list.prefix),
      Delimiter: list.delimiter ? list.encode(list.delimiter) : undefined,
      MaxKeys: list.maxKeys,
      KeyCount: page.objects.length + page.commonPrefixes.length,
      EncodingType: list.encodingType,
      StartAfter: startAfter && list.encode(startAfter),
      ContinuationToken: token,
      NextContinuationToken: page.next === undefined ? undefined : writeToken(page.next),
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

/** Clients must not read anything into it, so it does not look like a key. */
function writeToken(after: string): string {
  return Buffer.from(`1${after}`).toString("base64url");
}

function readToken(token: string): string {
  const text = Buffer.from(token, "base64url").toString();
  if (!text.startsWith("1"))
    throw new S3Error("InvalidArgument", "The continuation token provided is incorrect");
  return text.slice(1);
}
