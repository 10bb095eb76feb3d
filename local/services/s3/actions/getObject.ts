import type { Action } from "../action";
import { describeObject } from "../describeObject";
import { findVersion } from "../findVersion";
import { checkReadPreconditions } from "../wire/checkPreconditions";

export const getObject: Action = async (call) => {
  const { bucket, key, request } = call;
  const versionId = request.query("versionId");
  await call.require(versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion");
  const version = await findVersion(call, bucket, { key, versionId });
  checkReadPreconditions(request, version);
  const { range, ...answer } = describeObject(call, version);
  if (range.start === range.end) return answer;
  return { ...answer, body: bucket.data.read(version.segments, range.start, range.end) };
};
