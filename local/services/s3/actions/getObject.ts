import type { GetObjectRequest } from "@aws-sdk/client-s3";
import { defineAction } from "../action";
import { findReadable } from "../findVersion";
import { describeObject } from "../objectHeaders";
import { GET_OBJECT } from "../parameters";
import { S3Error } from "../s3Error";
import { isArchived } from "../store/storageClass";

export const getObject = defineAction<GetObjectRequest>("GetObject", GET_OBJECT, async (call) => {
  const version = await findReadable(call);
  const { storageClass = "STANDARD" } = version.metadata;
  if (isArchived(storageClass)) {
    throw new S3Error("InvalidObjectState", { details: { StorageClass: storageClass } });
  }
  const { range, ...response } = describeObject(call, version);
  if (range.start === range.end) return response;
  return { ...response, body: await call.bucket.data.read(version.segments, range.start, range.end) };
});
