import type { DeleteObjectsRequest } from "@aws-sdk/client-s3";
import { writeXml, type XmlElements } from "../../../http/writeXml";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import type { Call } from "../call";
import { BUCKET, DELETION, REQUEST_PAYER } from "../parameters";
import { S3Error } from "../s3Error";
import { isVersionId } from "../store/storeObject";
import { readXml, type XmlElement } from "../wire/readXml";
import { deleteOne } from "./deleteObject";

const MAX_OBJECTS = 1000;
/** Conditions that AWS takes for directory buckets only. */
const UNSERVED = ["LastModifiedTime", "Size"];

export const deleteObjects = defineAction<DeleteObjectsRequest>(
  "DeleteObjects",
  { ...BUCKET, ...REQUEST_PAYER, ...DELETION, ChecksumAlgorithm: served, Delete: served },
  async (call) => {
    const request = readXml(await call.readText(), "Delete");
    const objects = request.all("Object");
    if (objects.length === 0 || objects.length > MAX_OBJECTS) throw new S3Error("MalformedXML");
    // Everything is read before anything is deleted.
    const wanted = objects.map(readObject);
    const isQuiet = request.get("Quiet") === "true";
    const deleted: XmlElements[] = [];
    const errors: XmlElements[] = [];
    for (const { key, versionId, ifMatch } of wanted) {
      try {
        deleted.push(await remove(call, key, versionId, ifMatch));
      } catch (error) {
        if (!(error instanceof S3Error)) throw error;
        errors.push({ Key: key, VersionId: versionId, Code: error.code, Message: error.message });
      }
    }
    return { body: writeXml("DeleteResult", { Deleted: isQuiet ? [] : deleted, Error: errors }) };
  },
);

function readObject(object: XmlElement) {
  const key = object.get("Key") || undefined;
  if (key === undefined) throw new S3Error("MalformedXML");
  const condition = UNSERVED.find((name) => object.get(name) !== undefined);
  if (condition !== undefined) {
    throw new S3Error("NotImplemented", {
      message: `The local S3 does not serve <${condition}> in a deletion: AWS takes it for directory buckets only.`,
    });
  }
  return { key, versionId: object.get("VersionId") || undefined, ifMatch: object.get("ETag") };
}

async function remove(
  call: Call,
  key: string,
  versionId: string | undefined,
  ifMatch: string | undefined,
): Promise<XmlElements> {
  const isKnown = versionId === undefined || call.bucket.state.objects.version(key, versionId) !== undefined;
  if (!isKnown && !isVersionId(versionId)) throw new S3Error("NoSuchVersion");
  const removed = await deleteOne(call, { key, versionId }, ifMatch);
  return {
    Key: key,
    VersionId: versionId,
    DeleteMarker: removed.deleteMarker ? true : undefined,
    DeleteMarkerVersionId: removed.deleteMarker ? removed.versionId : undefined,
  };
}
