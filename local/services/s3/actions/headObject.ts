import type { Action } from "../action";
import { describeObject } from "../describeObject";
import { findVersion } from "../findVersion";
import { checkReadPreconditions } from "../wire/checkPreconditions";

export const headObject: Action = async (call) => {
  const { bucket, key, request } = call;
  const versionId = request.query("versionId");
  await call.require(versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion");
  const version = await findVersion(call, bucket, { key, versionId });
  checkReadPreconditions(request, version);
  const { status, headers } = describeObject(call, version);
  return { status, headers };
};
