import type { PutObjectRequest } from "@aws-sdk/client-s3";
import { defineAction } from "../action";
import { checksumHeaders } from "../checksums";
import { uploadHeaders } from "../objectHeaders";
import {
  CONDITIONAL_WRITE,
  CUSTOMER_KEY_OF_WRITE,
  NEW_OBJECT,
  OBJECT,
  UPLOAD_BODY,
  WRITE_OFFSET_BYTES,
} from "../parameters";
import { storeObject } from "../store/storeObject";
import { checkAcl } from "../wire/acl";
import { readObjectMetadata } from "../wire/objectMetadata";
import { writePreconditions } from "../wire/preconditions";

export const putObject = defineAction<PutObjectRequest>(
  "PutObject",
  {
    ...OBJECT,
    ...NEW_OBJECT,
    ...UPLOAD_BODY,
    ...CONDITIONAL_WRITE,
    ...CUSTOMER_KEY_OF_WRITE,
    WriteOffsetBytes: WRITE_OFFSET_BYTES,
  },
  async (call) => {
    const { bucket, key, request, now } = call;
    await call.require("s3:PutObject");
    if (request.header("x-amz-tagging")) await call.require("s3:PutObjectTagging");
    checkAcl(request);
    const metadata = readObjectMetadata(request, bucket.configuration.defaultEncryption);
    const check = writePreconditions(request);
    // Once before the body is read, which may be large, and again when it is stored.
    check({ current: bucket.state.objects.current(key) });
    const { md5, checksum, ...segment } = await call.receiveBody();
    const draft = { key, etag: md5, segments: [segment], metadata, checksum };
    const version = await storeObject(bucket, draft, { now, check });
    call.notify("ObjectCreated:Put", version);
    return { headers: { ...uploadHeaders(bucket, version), ...checksumHeaders(checksum) } };
  },
);
