import type { Action } from "../action";
import { checksumHeaders, versionHeaders } from "../describeObject";
import { receiveBody } from "../receiveBody";
import { storeObject } from "../store/storeObject";
import { checkWritePreconditions } from "../wire/checkPreconditions";
import { readObjectMetadata } from "../wire/objectMetadata";

export const putObject: Action = async (call) => {
  const { bucket, key, request, now } = call;
  await call.require("s3:PutObject");
  if (request.header("x-amz-tagging")) await call.require("s3:PutObjectTagging");
  const metadata = readObjectMetadata(request);
  const check = checkWritePreconditions(request);
  // Once before the body is read, which may be large, and again when it is stored.
  check(bucket.state.objects.current(key));
  const { md5, checksum, ...segment } = await receiveBody(call);
  const draft = { key, etag: md5, segments: [segment], metadata, checksum };
  const version = await storeObject(bucket, draft, { now, check });
  call.notify("ObjectCreated:Put", version);
  return {
    headers: { ...versionHeaders(bucket, version), ...checksumHeaders(checksum), "content-length": 0 },
  };
};
