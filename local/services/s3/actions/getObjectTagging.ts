import type { Action } from "../action";
import { findVersion } from "../findVersion";
import { writeXml } from "../wire/writeXml";

export const getObjectTagging: Action = async (call) => {
  const { bucket, key, request } = call;
  const versionId = request.query("versionId");
  await call.require(versionId === undefined ? "s3:GetObjectTagging" : "s3:GetObjectVersionTagging");
  const version = await findVersion(call, bucket, { key, versionId });
  const tags = Object.entries(version.metadata.tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  return { body: writeXml("Tagging", { TagSet: { Tag: tags } }) };
};
