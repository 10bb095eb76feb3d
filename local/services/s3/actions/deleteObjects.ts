import type { Action } from "../action";
import type { Call } from "../call";
import { deleteOne } from "../deleteOne";
import { S3Error } from "../s3Error";
import { readText } from "../wire/readText";
import { readXml } from "../wire/readXml";
import { writeXml, type XmlElements } from "../wire/writeXml";

const maxObjects = 1000;

export const deleteObjects: Action = async (call) => {
  const request = readXml(await readText(call.request, call.verified), "Delete");
  const objects = request.all("Object");
  if (objects.length === 0 || objects.length > maxObjects) throw new S3Error("MalformedXML");
  const quiet = request.get("Quiet") === "true";
  const deleted: XmlElements[] = [];
  const errors: XmlElements[] = [];
  for (const object of objects) {
    const key = object.get("Key") || undefined;
    if (key === undefined) throw new S3Error("MalformedXML");
    const versionId = object.get("VersionId") || undefined;
    try {
      deleted.push(await remove(call, key, versionId));
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      errors.push({ Key: key, VersionId: versionId, Code: error.code, Message: error.message });
    }
  }
  return { body: writeXml("DeleteResult", { Deleted: quiet ? [] : deleted, Error: errors }) };
};

async function remove(call: Call, key: string, versionId: string | undefined): Promise<XmlElements> {
  const removed = await deleteOne(call, { key, versionId });
  return {
    Key: key,
    VersionId: versionId,
    DeleteMarker: removed.deleteMarker ? true : undefined,
    DeleteMarkerVersionId: removed.deleteMarker ? removed.versionId : undefined,
  };
}
