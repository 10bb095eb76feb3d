import type { CopyObjectRequest } from "@aws-sdk/client-s3";
import { writeXml } from "../../../http/writeXml";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import type { Call } from "../call";
import { checksumElements, Digester, digested } from "../checksums";
import { type CopySource, findCopySource, sourceVersionId } from "../findCopySource";
import { toSeconds } from "../listing";
import { readChecksumAlgorithm } from "../multipartChecksum";
import { versionHeaders } from "../objectHeaders";
import {
  ANNOTATION_DIRECTIVE,
  CONDITIONAL_WRITE,
  COPY_SOURCE,
  CUSTOMER_KEY_OF_WRITE,
  NEW_OBJECT,
  OBJECT,
} from "../parameters";
import { S3Error } from "../s3Error";
import { storeObject } from "../store/storeObject";
import type { ObjectMetadata } from "../store/types";
import { checkAcl } from "../wire/acl";
import { readObjectMetadata } from "../wire/objectMetadata";
import { writePreconditions } from "../wire/preconditions";

export const copyObject = defineAction<CopyObjectRequest>(
  "CopyObject",
  {
    ...OBJECT,
    ...NEW_OBJECT,
    ...COPY_SOURCE,
    ...CONDITIONAL_WRITE,
    ...CUSTOMER_KEY_OF_WRITE,
    AnnotationDirective: ANNOTATION_DIRECTIVE,
    ChecksumAlgorithm: served,
    MetadataDirective: served,
    TaggingDirective: served,
  },
  async (call) => {
    const { bucket, key, request, now } = call;
    await call.require("s3:PutObject");
    const source = await findCopySource(call);
    checkAcl(request);
    const check = writePreconditions(request);
    check({ current: bucket.state.objects.current(key) });
    const metadata = copiedMetadata(call, source);
    const algorithm = readChecksumAlgorithm(request) ?? source.version.checksum?.algorithm;
    const digester = new Digester(algorithm);
    const bytes = await source.bucket.data.read(source.version.segments, 0, source.version.size);
    const segment = await bucket.data.write(digested(bytes, digester));
    const { md5, checksum } = await digester.digests();
    const draft = { key, etag: md5, segments: [segment], metadata, checksum };
    const version = await storeObject(bucket, draft, { now, check });
    call.notify("ObjectCreated:Copy", version);
    const { etag, ...headers } = versionHeaders(bucket, version);
    return {
      headers: { ...headers, "x-amz-copy-source-version-id": sourceVersionId(source) },
      body: writeXml("CopyObjectResult", {
        LastModified: toSeconds(version.lastModified),
        ETag: etag,
        ...checksumElements(checksum),
      }),
    };
  },
);

/**
 * Reads the metadata and settings that the copy gets. @throws S3Error  InvalidRequest: a copy onto itself that changes
 * nothing.
 */
function copiedMetadata(call: Call, source: CopySource): ObjectMetadata {
  const { bucket, key, request } = call;
  const replaces = (directive: string) => request.header(directive)?.toUpperCase() === "REPLACE";
  const given = readObjectMetadata(request, bucket.configuration.defaultEncryption);
  const kept = source.version.metadata;
  const isOnItself = source.bucket === bucket && source.version.key === key && !source.isVersionNamed;
  const isChanged =
    replaces("x-amz-metadata-directive") ||
    ["x-amz-storage-class", "x-amz-website-redirect-location", "x-amz-server-side-encryption"].some((name) =>
      request.hasHeader(name),
    ) ||
    bucket.configuration.defaultEncryption !== undefined ||
    bucket.configuration.versioning === "Suspended";
  if (isOnItself && !isChanged) {
    throw new S3Error("InvalidRequest", {
      message:
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    });
  }
  const { storageClass, encryption, websiteRedirectLocation } = given;
  return {
    ...(replaces("x-amz-metadata-directive") ? given : kept),
    storageClass,
    encryption,
    websiteRedirectLocation,
    tags: replaces("x-amz-tagging-directive") ? given.tags : kept.tags,
  };
}
