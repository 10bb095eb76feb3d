import type { Action } from "../action";
import { writeXml } from "../wire/writeXml";

export const getBucketVersioning: Action = async (call) => {
  await call.require("s3:GetBucketVersioning");
  return { body: writeXml("VersioningConfiguration", { Status: call.bucket.configuration.versioning }) };
};
