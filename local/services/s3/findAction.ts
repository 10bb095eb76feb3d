import type { Action } from "./action";
import { abortMultipartUpload } from "./actions/abortMultipartUpload";
import { completeMultipartUpload } from "./actions/completeMultipartUpload";
import { copyObject } from "./actions/copyObject";
import { createMultipartUpload } from "./actions/createMultipartUpload";
import { deleteObject } from "./actions/deleteObject";
import { deleteObjects } from "./actions/deleteObjects";
import { getBucketLocation } from "./actions/getBucketLocation";
import { getBucketVersioning } from "./actions/getBucketVersioning";
import { getObject } from "./actions/getObject";
import { getObjectTagging } from "./actions/getObjectTagging";
import { headBucket } from "./actions/headBucket";
import { headObject } from "./actions/headObject";
import { listBuckets } from "./actions/listBuckets";
import { listObjects } from "./actions/listObjects";
import { listObjectsV2 } from "./actions/listObjectsV2";
import { listObjectVersions } from "./actions/listObjectVersions";
import { listParts } from "./actions/listParts";
import { putObject } from "./actions/putObject";
import { uploadPart } from "./actions/uploadPart";
import { uploadPartCopy } from "./actions/uploadPartCopy";
import { S3Error } from "./s3Error";
import type { S3Request } from "./wire/s3Request";

/** Method, what the address names, what the query or a header adds; the first that fits is it. */
const routes: readonly {
  readonly on: `${"GET" | "HEAD" | "PUT" | "POST" | "DELETE"} ${"service" | "bucket" | "object"}`;
  readonly query?: string;
  readonly header?: string;
  readonly action: Action;
}[] = [
  { on: "GET service", action: listBuckets },
  { on: "HEAD bucket", action: headBucket },
  { on: "GET bucket", query: "location", action: getBucketLocation },
  { on: "GET bucket", query: "versioning", action: getBucketVersioning },
  { on: "GET bucket", query: "versions", action: listObjectVersions },
  { on: "GET bucket", query: "list-type", action: listObjectsV2 },
  { on: "GET bucket", action: listObjects },
  { on: "POST bucket", query: "delete", action: deleteObjects },
  { on: "HEAD object", action: headObject },
  { on: "GET object", query: "uploadId", action: listParts },
  { on: "GET object", query: "tagging", action: getObjectTagging },
  { on: "GET object", action: getObject },
  { on: "PUT object", query: "partNumber", header: "x-amz-copy-source", action: uploadPartCopy },
  { on: "PUT object", query: "partNumber", action: uploadPart },
  { on: "PUT object", header: "x-amz-copy-source", action: copyObject },
  { on: "PUT object", action: putObject },
  { on: "POST object", query: "uploads", action: createMultipartUpload },
  { on: "POST object", query: "uploadId", action: completeMultipartUpload },
  { on: "DELETE object", query: "uploadId", action: abortMultipartUpload },
  { on: "DELETE object", action: deleteObject },
];

/** Parameters that make a request another action than its method and address say. */
const subresources = new Set(
  `abac accelerate acl analytics append attributes cors delete encryption intelligent-tiering inventory legal-hold lifecycle
  location logging metadataConfiguration metadataTable metrics notification object-lock ownershipControls policy policyStatus
  publicAccessBlock renameObject replication requestPayment restore retention select session tagging torrent uploadId uploads
  versioning versions website`.split(/\s+/),
);

/** @throws S3Error NotImplemented, which names what was asked for, so that it never passes for something else */
export function findAction(request: S3Request): Action {
  const scope = request.bucket === undefined ? "service" : request.key === undefined ? "bucket" : "object";
  const on = `${request.method} ${scope}`;
  const route = routes.find(
    (one) =>
      one.on === on &&
      (one.query === undefined || request.has(one.query)) &&
      (one.header === undefined || request.header(one.header) !== undefined),
  );
  const subresource = request
    .parameterNames()
    .find((name) => subresources.has(name) && name !== route?.query);
  const partOfUpload = subresource === "uploadId" && route?.query === "partNumber";
  if (route && (subresource === undefined || partOfUpload)) return route.action;
  throw new S3Error(
    "NotImplemented",
    `The local S3 does not implement ${on}${subresource ? ` with ?${subresource}` : ""}; local/services/s3/README.md lists what it does.`,
  );
}
