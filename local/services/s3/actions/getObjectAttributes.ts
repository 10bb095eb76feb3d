import type { GetObjectAttributesRequest } from "@aws-sdk/client-s3";
import { writeXml, type XmlContent, type XmlElements } from "../../../http/writeXml";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import type { Call } from "../call";
import { findVersion } from "../findVersion";
import { readCount } from "../listing";
import { shownVersionId } from "../objectHeaders";
import { CUSTOMER_KEY_OF_READ, OBJECT } from "../parameters";
import { invalidArgument } from "../s3Error";
import type { ObjectVersion } from "../store/types";

const ATTRIBUTES: Readonly<Record<string, (version: ObjectVersion, call: Call) => XmlContent>> = {
  ETag: ({ etag }) => etag,
  Checksum: ({ checksum }) =>
    checksum && {
      // The number of parts is no part of it here.
      [`Checksum${checksum.algorithm}`]: checksum.value.replace(/-\d+$/, ""),
      ChecksumType: checksum.type,
    },
  ObjectParts: describeParts,
  StorageClass: ({ metadata }) => metadata.storageClass ?? "STANDARD",
  ObjectSize: ({ size }) => size,
};

export const getObjectAttributes = defineAction<GetObjectAttributesRequest>(
  "GetObjectAttributes",
  {
    ...OBJECT,
    ...CUSTOMER_KEY_OF_READ,
    MaxParts: served,
    ObjectAttributes: served,
    PartNumberMarker: served,
    VersionId: served,
  },
  async (call) => {
    const { bucket, key, versionId, request } = call;
    await call.require(versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion");
    const wanted = readAttributes(request.header("x-amz-object-attributes"));
    const version = await findVersion(call, bucket, { key, versionId });
    const described = Object.entries(ATTRIBUTES)
      .filter(([name]) => wanted.has(name))
      .map(([name, describe]) => [name, describe(version, call)]);
    return {
      headers: {
        "last-modified": new Date(version.lastModified).toUTCString(),
        "x-amz-version-id": shownVersionId(bucket, version.versionId),
      },
      body: writeXml("GetObjectAttributesResponse", Object.fromEntries(described) as XmlElements),
    };
  },
);

function readAttributes(header: string | undefined): ReadonlySet<string> {
  if (header === undefined) {
    throw invalidArgument(
      "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty",
      "x-amz-object-attributes",
      undefined,
    );
  }
  const names = header.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(ATTRIBUTES, name));
  if (unknown !== undefined) {
    throw invalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", unknown);
  }
  return new Set(names);
}

/** Parts are listed only where each has a checksum of its own. */
function describeParts({ segments, multipart }: ObjectVersion, { request }: Call): XmlContent {
  if (!multipart) return undefined;
  // Its name in XML differs from that in the SDK.
  const total = { PartsCount: segments.length };
  const parts = segments.flatMap(({ size, checksum }, i) =>
    checksum ? [{ PartNumber: i + 1, Size: size, [`Checksum${checksum.algorithm}`]: checksum.value }] : [],
  );
  if (parts.length < segments.length) return total;
  const marker = readCount("x-amz-part-number-marker", request.header("x-amz-part-number-marker")) ?? 0;
  const maxParts = Math.min(readCount("x-amz-max-parts", request.header("x-amz-max-parts")) ?? 1000, 1000);
  const rest = parts.filter(({ PartNumber }) => PartNumber > marker);
  const page = rest.slice(0, maxParts);
  return {
    ...total,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.PartNumber ?? 0,
    MaxParts: maxParts,
    IsTruncated: page.length < rest.length,
    Part: page,
  };
}
