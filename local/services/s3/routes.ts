import type { Action } from "./action";
import { abortMultipartUpload } from "./actions/abortMultipartUpload";
import * as reports from "./actions/bucketReports";
import * as settings from "./actions/bucketSettings";
import { completeMultipartUpload } from "./actions/completeMultipartUpload";
import { copyObject } from "./actions/copyObject";
import { createBucket } from "./actions/createBucket";
import { createMultipartUpload } from "./actions/createMultipartUpload";
import { deleteObject } from "./actions/deleteObject";
import { deleteObjects } from "./actions/deleteObjects";
import { deleteObjectTagging } from "./actions/deleteObjectTagging";
import { getObject } from "./actions/getObject";
import { getObjectAcl } from "./actions/getObjectAcl";
import { getObjectAttributes } from "./actions/getObjectAttributes";
import { getObjectTagging } from "./actions/getObjectTagging";
import { headBucket } from "./actions/headBucket";
import { headObject } from "./actions/headObject";
import { listBuckets } from "./actions/listBuckets";
import { listMultipartUploads } from "./actions/listMultipartUploads";
import { listObjects } from "./actions/listObjects";
import { listObjectsV2 } from "./actions/listObjectsV2";
import { listObjectVersions } from "./actions/listObjectVersions";
import { listParts } from "./actions/listParts";
import * as lock from "./actions/objectLock";
import { putBucketAcl, putObjectAcl } from "./actions/putAcl";
import { putObject } from "./actions/putObject";
import { putObjectTagging } from "./actions/putObjectTagging";
import { restoreObject } from "./actions/restoreObject";
import { uploadPart } from "./actions/uploadPart";
import { uploadPartCopy } from "./actions/uploadPartCopy";
import { S3Error } from "./s3Error";
import type { S3Request } from "./wire/s3Request";

type On = `${"GET" | "HEAD" | "PUT" | "POST" | "DELETE"} ${"service" | "bucket" | "object"}`;

/** Method, what the address names, what the query or a header adds; the first route that fits is taken. */
interface Route {
  readonly on: On;
  readonly query?: string;
  /** Whether `id` names one of several configurations. @default either */
  readonly id?: boolean;
  readonly header?: string;
  readonly action: Action;
}

const ROUTES: readonly Route[] = [
  { on: "GET service", action: listBuckets },
  { on: "HEAD bucket", action: headBucket },
  { on: "PUT bucket", query: "acl", action: putBucketAcl },
  { on: "PUT bucket", action: createBucket },
  { on: "GET bucket", query: "accelerate", action: settings.getBucketAccelerateConfiguration },
  { on: "GET bucket", query: "acl", action: settings.getBucketAcl },
  { on: "GET bucket", query: "cors", action: settings.getBucketCors },
  { on: "GET bucket", query: "encryption", action: settings.getBucketEncryption },
  { on: "GET bucket", query: "lifecycle", action: settings.getBucketLifecycleConfiguration },
  { on: "GET bucket", query: "location", action: settings.getBucketLocation },
  { on: "GET bucket", query: "logging", action: settings.getBucketLogging },
  { on: "GET bucket", query: "notification", action: settings.getBucketNotificationConfiguration },
  { on: "GET bucket", query: "object-lock", action: settings.getObjectLockConfiguration },
  { on: "GET bucket", query: "ownershipControls", action: settings.getBucketOwnershipControls },
  { on: "GET bucket", query: "policy", action: settings.getBucketPolicy },
  { on: "GET bucket", query: "policyStatus", action: settings.getBucketPolicyStatus },
  { on: "GET bucket", query: "publicAccessBlock", action: settings.getPublicAccessBlock },
  { on: "GET bucket", query: "replication", action: settings.getBucketReplication },
  { on: "GET bucket", query: "requestPayment", action: settings.getBucketRequestPayment },
  { on: "GET bucket", query: "tagging", action: settings.getBucketTagging },
  { on: "GET bucket", query: "versioning", action: settings.getBucketVersioning },
  { on: "GET bucket", query: "website", action: settings.getBucketWebsite },
  { on: "GET bucket", query: "analytics", id: true, action: reports.getBucketAnalyticsConfiguration },
  { on: "GET bucket", query: "analytics", id: false, action: reports.listBucketAnalyticsConfigurations },
  {
    on: "GET bucket",
    query: "intelligent-tiering",
    id: true,
    action: reports.getBucketIntelligentTieringConfiguration,
  },
  {
    on: "GET bucket",
    query: "intelligent-tiering",
    id: false,
    action: reports.listBucketIntelligentTieringConfigurations,
  },
  { on: "GET bucket", query: "inventory", id: true, action: reports.getBucketInventoryConfiguration },
  { on: "GET bucket", query: "inventory", id: false, action: reports.listBucketInventoryConfigurations },
  { on: "GET bucket", query: "metrics", id: true, action: reports.getBucketMetricsConfiguration },
  { on: "GET bucket", query: "metrics", id: false, action: reports.listBucketMetricsConfigurations },
  { on: "GET bucket", query: "uploads", action: listMultipartUploads },
  { on: "GET bucket", query: "versions", action: listObjectVersions },
  { on: "GET bucket", query: "list-type", action: listObjectsV2 },
  { on: "GET bucket", action: listObjects },
  { on: "POST bucket", query: "delete", action: deleteObjects },
  { on: "HEAD object", action: headObject },
  { on: "GET object", query: "uploadId", action: listParts },
  { on: "GET object", query: "acl", action: getObjectAcl },
  { on: "GET object", query: "attributes", action: getObjectAttributes },
  { on: "GET object", query: "legal-hold", action: lock.getObjectLegalHold },
  { on: "GET object", query: "retention", action: lock.getObjectRetention },
  { on: "GET object", query: "tagging", action: getObjectTagging },
  { on: "GET object", action: getObject },
  { on: "PUT object", query: "partNumber", header: "x-amz-copy-source", action: uploadPartCopy },
  { on: "PUT object", query: "partNumber", action: uploadPart },
  { on: "PUT object", query: "acl", action: putObjectAcl },
  { on: "PUT object", query: "legal-hold", action: lock.putObjectLegalHold },
  { on: "PUT object", query: "retention", action: lock.putObjectRetention },
  { on: "PUT object", query: "tagging", action: putObjectTagging },
  { on: "PUT object", header: "x-amz-copy-source", action: copyObject },
  { on: "PUT object", action: putObject },
  { on: "POST object", query: "restore", action: restoreObject },
  { on: "POST object", query: "uploads", action: createMultipartUpload },
  { on: "POST object", query: "uploadId", action: completeMultipartUpload },
  { on: "DELETE object", query: "uploadId", action: abortMultipartUpload },
  { on: "DELETE object", query: "tagging", action: deleteObjectTagging },
  { on: "DELETE object", action: deleteObject },
];

/** All actions that the local S3 serves by their address. */
export const ACTIONS: readonly Action[] = ROUTES.map(({ action }) => action);

/** Parameters that make a request another action than its method and address say. */
const SUBRESOURCES = new Set(
  `abac accelerate acl analytics annotation append attributes cors delete encryption intelligent-tiering inventory legal-hold
  lifecycle location logging metadataConfiguration metadataTable metrics notification object-lock ownershipControls policy
  policyStatus publicAccessBlock renameObject replication requestPayment restore retention select session tagging torrent
  uploadId uploads versioning versions website`.split(/\s+/),
);

/** @throws S3Error  NotImplemented, which names what was asked for, so that it never passes for something else */
export function findAction(request: S3Request): Action {
  const scope = request.bucket === undefined ? "service" : request.key === undefined ? "bucket" : "object";
  const on = `${request.method} ${scope}`;
  const route = ROUTES.find(
    (one) =>
      one.on === on &&
      (one.query === undefined || request.query(one.query) !== undefined) &&
      (one.id === undefined || one.id === (request.query("id") !== undefined)) &&
      (one.header === undefined || request.header(one.header) !== undefined),
  );
  const subresource = request
    .parameterNames()
    .find((name) => SUBRESOURCES.has(name) && name !== route?.query);
  const isOfUpload = subresource === "uploadId" && route?.query === "partNumber";
  if (route && (subresource === undefined || isOfUpload)) return route.action;
  throw notImplemented(request, on, subresource);
}

function notImplemented({ method }: S3Request, on: string, subresource: string | undefined): S3Error {
  const isSetting = on.endsWith("bucket") && method !== "GET" && subresource !== undefined;
  const what = `${on}${subresource === undefined ? "" : ` with ?${subresource}`}`;
  return new S3Error("NotImplemented", {
    message: isSetting
      ? `The local S3 does not implement ${what}: a bucket's settings are declared in the stack.`
      : `The local S3 does not implement ${what}; local/services/s3/README.md lists what it does.`,
  });
}
