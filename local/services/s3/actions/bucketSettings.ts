import type { GetBucketPolicyRequest, GetBucketRequestPaymentRequest } from "@aws-sdk/client-s3";
import { writeXml, type XmlElements } from "../../../http/writeXml";
import { type Action, defineAction } from "../action";
import type { Call } from "../call";
import { BUCKET, REQUEST_PAYER } from "../parameters";
import { S3Error, type S3ErrorCode } from "../s3Error";
import type { BucketConfiguration, LifecycleRule } from "../store/bucketConfiguration";
import { writeAcl } from "../wire/acl";
import type { S3Response } from "../wire/response";
import { writeTagging } from "../wire/tagging";

// Reads of a bucket's settings, an action each. The program sets them; what it cannot set here is as in a new bucket.

/** The input that all these actions have. */
type Input = GetBucketRequestPaymentRequest | GetBucketPolicyRequest;

/**
 * @param permission  That IAM has for it.
 * @param describe    The response's body; `undefined` where the bucket has no such setting.
 * @param missing     S3's error then.
 * @param headers     @default none
 */
function read(
  name: string,
  permission: string,
  describe: (configuration: BucketConfiguration, call: Call) => string | undefined,
  missing: S3ErrorCode = "InternalError",
  headers?: S3Response["headers"],
): Action {
  return defineAction<Input>(name, BUCKET, async (call) => {
    await call.require(`s3:${permission}`, { key: null });
    const body = describe(call.bucket.configuration, call);
    if (body === undefined) throw new S3Error(missing, { details: { BucketName: call.bucket.name } });
    return { body, headers };
  });
}

export const getBucketAccelerateConfiguration = defineAction<Input & { RequestPayer?: string }>(
  "GetBucketAccelerateConfiguration",
  { ...BUCKET, ...REQUEST_PAYER },
  async (call) => {
    await call.require("s3:GetAccelerateConfiguration");
    return { body: writeXml("AccelerateConfiguration", undefined) };
  },
);

export const getBucketAcl = read("GetBucketAcl", "GetBucketAcl", (_configuration, { options }) =>
  writeAcl(options.accountId),
);

export const getBucketCors = read(
  "GetBucketCors",
  "GetBucketCORS",
  ({ corsRules }) =>
    corsRules &&
    writeXml("CORSConfiguration", {
      CORSRule: corsRules.map((rule) => ({
        ID: rule.ID,
        AllowedOrigin: rule.AllowedOrigins,
        AllowedMethod: rule.AllowedMethods,
        AllowedHeader: rule.AllowedHeaders,
        MaxAgeSeconds: rule.MaxAgeSeconds,
        ExposeHeader: rule.ExposeHeaders,
      })),
    }),
  "NoSuchCORSConfiguration",
);

export const getBucketEncryption = read(
  "GetBucketEncryption",
  "GetEncryptionConfiguration",
  ({ defaultEncryption }) =>
    writeXml("ServerSideEncryptionConfiguration", {
      Rule: {
        ApplyServerSideEncryptionByDefault: {
          SSEAlgorithm: defaultEncryption?.algorithm ?? "AES256",
          KMSMasterKeyID: defaultEncryption?.kmsKeyId,
        },
        BucketKeyEnabled: defaultEncryption?.bucketKeyEnabled ?? false,
        BlockedEncryptionTypes: { EncryptionType: "SSE-C" },
      },
    }),
);

export const getBucketLifecycleConfiguration = read(
  "GetBucketLifecycleConfiguration",
  "GetLifecycleConfiguration",
  ({ lifecycleRules }) =>
    lifecycleRules && writeXml("LifecycleConfiguration", { Rule: lifecycleRules.map(describeRule) }),
  "NoSuchLifecycleConfiguration",
  { "x-amz-transition-default-minimum-object-size": "all_storage_classes_128K" },
);

function describeRule({ Filter, Expiration, ...rule }: LifecycleRule): XmlElements {
  const { And, ...filter } = Filter ?? {};
  return {
    ID: rule.ID,
    Filter: {
      ...filter,
      ...(And && { And: { Prefix: And.Prefix, Tag: And.Tags, ...sizes(And) } }),
    },
    Status: rule.Status,
    Expiration: Expiration && {
      ...Expiration,
      Date: Expiration.Date && new Date(Expiration.Date).toISOString(),
    },
    NoncurrentVersionExpiration: rule.NoncurrentVersionExpiration && { ...rule.NoncurrentVersionExpiration },
    AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload && {
      ...rule.AbortIncompleteMultipartUpload,
    },
  };
}

function sizes(of: { readonly ObjectSizeGreaterThan?: number; readonly ObjectSizeLessThan?: number }) {
  return {
    ObjectSizeGreaterThan: of.ObjectSizeGreaterThan,
    ObjectSizeLessThan: of.ObjectSizeLessThan,
  };
}

export const getBucketLocation = read(
  "GetBucketLocation",
  "GetBucketLocation",
  // us-east-1, the first region, has no name here.
  (_configuration, { options: { region } }) =>
    writeXml("LocationConstraint", region === "us-east-1" ? "" : region),
);

export const getBucketLogging = read("GetBucketLogging", "GetBucketLogging", () =>
  writeXml("BucketLoggingStatus", undefined),
);

export const getBucketNotificationConfiguration = read(
  "GetBucketNotificationConfiguration",
  "GetBucketNotification",
  ({ lambdaFunctionConfigurations = [] }) =>
    writeXml("NotificationConfiguration", {
      CloudFunctionConfiguration: lambdaFunctionConfigurations.map((one) => ({
        Id: one.Id,
        CloudFunction: one.LambdaFunctionArn,
        Event: one.Events,
        Filter: one.Filter?.Key && {
          S3Key: {
            FilterRule: one.Filter.Key.FilterRules?.map(({ Name, Value }) => ({ Name, Value })),
          },
        },
      })),
    }),
);

export const getBucketOwnershipControls = read(
  "GetBucketOwnershipControls",
  "GetBucketOwnershipControls",
  () => writeXml("OwnershipControls", { Rule: { ObjectOwnership: "BucketOwnerEnforced" } }),
);

export const getBucketPolicyStatus = read(
  "GetBucketPolicyStatus",
  "GetBucketPolicyStatus",
  // No request without a signature is answered, whatever the policy says.
  ({ policy }) => policy && writeXml("PolicyStatus", { IsPublic: false }),
  "NoSuchBucketPolicy",
);

export const getBucketReplication = read(
  "GetBucketReplication",
  "GetReplicationConfiguration",
  () => undefined,
  "ReplicationConfigurationNotFoundError",
);

export const getBucketRequestPayment = read("GetBucketRequestPayment", "GetBucketRequestPayment", () =>
  writeXml("RequestPaymentConfiguration", { Payer: "BucketOwner" }),
);

export const getBucketTagging = read(
  "GetBucketTagging",
  "GetBucketTagging",
  ({ tags }) => tags && writeTagging(tags),
  "NoSuchTagSet",
);

export const getBucketVersioning = read("GetBucketVersioning", "GetBucketVersioning", ({ versioning }) =>
  writeXml("VersioningConfiguration", { Status: versioning }),
);

export const getBucketWebsite = read(
  "GetBucketWebsite",
  "GetBucketWebsite",
  () => undefined,
  "NoSuchWebsiteConfiguration",
);

export const getObjectLockConfiguration = read(
  "GetObjectLockConfiguration",
  "GetBucketObjectLockConfiguration",
  () => undefined,
  "ObjectLockConfigurationNotFoundError",
);

export const getPublicAccessBlock = read(
  "GetPublicAccessBlock",
  "GetBucketPublicAccessBlock",
  ({ publicAccessBlock }) =>
    writeXml("PublicAccessBlockConfiguration", {
      BlockPublicAcls: publicAccessBlock?.BlockPublicAcls ?? true,
      IgnorePublicAcls: publicAccessBlock?.IgnorePublicAcls ?? true,
      BlockPublicPolicy: publicAccessBlock?.BlockPublicPolicy ?? true,
      RestrictPublicBuckets: publicAccessBlock?.RestrictPublicBuckets ?? true,
    }),
);

/** The one setting that is not XML. */
export const getBucketPolicy = defineAction<GetBucketPolicyRequest>(
  "GetBucketPolicy",
  BUCKET,
  async (call) => {
    await call.require("s3:GetBucketPolicy");
    const { policy } = call.bucket.configuration;
    if (policy === undefined) {
      throw new S3Error("NoSuchBucketPolicy", { details: { BucketName: call.bucket.name } });
    }
    return { headers: { "content-type": "application/json" }, body: policy };
  },
);
