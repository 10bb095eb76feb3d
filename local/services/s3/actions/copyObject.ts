import type { Action } from "../action";
import { versionHeaders } from "../describeObject";
import { digestStream } from "../digestStream";
import { findCopySource } from "../findCopySource";
import { S3Error } from "../s3Error";
import { storeObject } from "../store/storeObject";
import { checkWritePreconditions } from "../wire/checkPreconditions";
import { readObjectMetadata } from "../wire/objectMetadata";
import { writeXml } from "../wire/writeXml";

export const copyObject: Action = async (call) => {
  const { bucket, key, request, now } = call;
  await call.require("s3:PutObject");
  const source = await findCopySource(call);
  const replaces = (directive: string) => request.header(directive)?.toUpperCase() === "REPLACE";
  const own = source.bucket === bucket && source.version === bucket.state.objects.current(key);
  if (own && !replaces("x-amz-metadata-directive")) {
    throw new S3Error(
      "InvalidRequest",
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata.",
    );
  }
  const given = readObjectMetadata(request);
  const kept = source.version.metadata;
  const metadata = {
    ...(replaces("x-amz-metadata-directive") ? given : kept),
    tags: replaces("x-amz-tagging-directive") ? given.tags : kept.tags,
  };
  const check = checkWritePreconditions(request);
  const bytes = source.bucket.data.read(source.version.segments, 0, source.version.size);
  const { chunks, digests } = digestStream(bytes, source.version.checksum?.algorithm);
  const segment = await bucket.data.write(chunks);
  const { md5, checksum } = digests();
  const draft = { key, etag: md5, segments: [segment], metadata, checksum };
  const version = await storeObject(bucket, draft, { now, check });
  call.notify("ObjectCreated:Copy", version);
  const { etag, ...headers } = versionHeaders(bucket, version);
  return {
    headers: {
      ...headers,
      "x-amz-copy-source-version-id":
        source.version.versionId === "null" ? undefined : source.version.versionId,
    },
    body: writeXml("CopyObjectResult", {
      LastModified: version.lastModified,
      ETag: etag,
      [`Checksum${checksum.algorithm}`]: checksum.value,
      ChecksumType: checksum.type,
    }),
  };
};
