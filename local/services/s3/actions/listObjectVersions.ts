import type { ListObjectVersionsRequest } from "@aws-sdk/client-s3";
import { writeXml, type XmlElements } from "../../../http/writeXml";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import { describeListed, ownerOf, readKeyListParameters, toSeconds } from "../listing";
import { listVersions } from "../listVersions";
import { LIST_OBJECTS } from "../parameters";
import { invalidArgument } from "../s3Error";
import { isDeleteMarker } from "../store/types";

export const listObjectVersions = defineAction<ListObjectVersionsRequest>(
  "ListObjectVersions",
  { ...LIST_OBJECTS, KeyMarker: served, VersionIdMarker: served },
  async (call) => {
    const { bucket, request } = call;
    const list = readKeyListParameters(request);
    await call.require("s3:ListBucketVersions", { context: list.context });
    const keyMarker = request.query("key-marker") ?? "";
    const versionIdMarker = request.query("version-id-marker");
    if (versionIdMarker !== undefined && keyMarker === "") {
      throw invalidArgument(
        "A version-id marker cannot be specified without a key marker.",
        "version-id-marker",
        versionIdMarker,
      );
    }
    const after = { key: keyMarker, versionId: versionIdMarker || undefined };
    const page = listVersions(bucket.state.objects, { ...list, after });
    const owner = ownerOf(call.options.accountId);
    const versions: XmlElements[] = [];
    const deleteMarkers: XmlElements[] = [];
    for (const { version, isLatest } of page.versions) {
      const common = { Key: list.encode(version.key), VersionId: version.versionId, IsLatest: isLatest };
      if (isDeleteMarker(version)) {
        deleteMarkers.push({ ...common, LastModified: toSeconds(version.lastModified), Owner: owner });
      } else versions.push({ ...common, ...describeListed(version), Owner: owner });
    }
    return {
      body: writeXml("ListVersionsResult", {
        Name: bucket.name,
        Prefix: list.encode(list.prefix),
        KeyMarker: list.encode(keyMarker),
        VersionIdMarker: versionIdMarker ?? "",
        NextKeyMarker: page.next && list.encode(page.next.key),
        NextVersionIdMarker: page.next?.versionId,
        Delimiter: list.delimiter ? list.encode(list.delimiter) : undefined,
        MaxKeys: list.maxKeys,
        EncodingType: list.encodingType,
        IsTruncated: page.next !== undefined,
        Version: versions,
        DeleteMarker: deleteMarkers,
        CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: list.encode(prefix) })),
      }),
    };
  },
);
