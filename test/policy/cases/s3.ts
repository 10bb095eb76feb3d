import type { Declared } from "@paddock/local/program";
import type { PropertiesOf, ResourceToken } from "../../../policy/lib/resourceTypes";
import { s3AccessLogs } from "../../../policy/rules/s3/accessLogs";
import { s3Acls } from "../../../policy/rules/s3/acls";
import { s3Encryption } from "../../../policy/rules/s3/encryption";
import { s3Events } from "../../../policy/rules/s3/events";
import { s3Kms } from "../../../policy/rules/s3/kms";
import { s3Lifecycle } from "../../../policy/rules/s3/lifecycle";
import { s3Notifications } from "../../../policy/rules/s3/notifications";
import { s3ObjectLock } from "../../../policy/rules/s3/objectLock";
import { s3OlderBucket } from "../../../policy/rules/s3/olderBucket";
import { s3PublicAccessBlocked } from "../../../policy/rules/s3/publicAccessBlocked";
import { s3PublicPolicy } from "../../../policy/rules/s3/publicPolicy";
import { s3Replication } from "../../../policy/rules/s3/replication";
import { s3Tls } from "../../../policy/rules/s3/tls";
import { s3Versioning } from "../../../policy/rules/s3/versioning";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const bucket = ruleResource("aws:s3/bucket:Bucket", "models", { tags: {} });
const other = ruleResource("aws:s3/bucket:Bucket", "uploads", { tags: {} });

/** The bucket with a resource about it. */
function bucketWith<T extends ResourceToken>(type: T, inputs: Partial<PropertiesOf<T>>): Declared[] {
  return [bucket, ruleResource(type, "models", inputs, { to: { bucket } })];
}

const READ = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

const policy = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const TLS_ONLY = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::models", "arn:aws:s3:::models/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

const encrypted = (algorithm: string, bucketKeyEnabled?: boolean) =>
  bucketWith("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: algorithm }, bucketKeyEnabled }],
  });

const BLOCKED = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

function notified(options: { permissionFirst: boolean; twice?: boolean }) {
  const fn = ruleResource("aws:lambda/function:Function", "sync");
  const permission = ruleResource(
    "aws:lambda/permission:Permission",
    "sync",
    { principal: "s3.amazonaws.com" },
    { to: { function: fn } },
  );
  const notification = (name: string) =>
    ruleResource(
      "aws:s3/bucketNotification:BucketNotification",
      name,
      {},
      { to: { bucket, lambdaFunctions: fn }, after: options.permissionFirst ? [permission] : [] },
    );
  return [bucket, fn, permission, notification("a"), ...(options.twice ? [notification("b")] : [])];
}

export const s3Cases: readonly RuleCases[] = [
  {
    rule: s3PublicAccessBlocked,
    passes: { "all four": bucketWith("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", BLOCKED) },
    fails: {
      none: { stack: [bucket], says: ["models: no public access block; allowed: all four settings true"] },
      "two of four": {
        stack: bucketWith("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
          blockPublicAcls: true,
          ignorePublicAcls: true,
          blockPublicPolicy: false,
        }),
        says: ["models: blockPublicPolicy, restrictPublicBuckets not true; allowed: all four settings true"],
      },
      "another bucket's": {
        stack: [...bucketWith("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", BLOCKED), other],
        says: ["uploads: no public access block; allowed: all four settings true"],
      },
    },
  },
  {
    rule: s3Encryption,
    passes: { AES256: encrypted("AES256") },
    fails: {
      none: { stack: [bucket], says: ["models: no encryption configuration; allowed: AES256 or aws:kms"] },
    },
  },
  {
    rule: s3Versioning,
    passes: {
      Enabled: bucketWith("aws:s3/bucketVersioning:BucketVersioning", {
        versioningConfiguration: { status: "Enabled" },
      }),
    },
    fails: {
      none: { stack: [bucket], says: ["models: no versioning; allowed: status Enabled"] },
      Suspended: {
        stack: bucketWith("aws:s3/bucketVersioning:BucketVersioning", {
          versioningConfiguration: { status: "Suspended" },
        }),
        says: ["models: no versioning; allowed: status Enabled"],
      },
    },
  },
  {
    rule: s3Tls,
    passes: { "a policy": bucketWith("aws:s3/bucketPolicy:BucketPolicy", { policy: policy(TLS_ONLY) }) },
    fails: {
      none: { stack: [bucket], says: ["models: requests without TLS; allowed: none"] },
      "a policy that denies something else": {
        stack: bucketWith("aws:s3/bucketPolicy:BucketPolicy", {
          policy: policy({ ...TLS_ONLY, Condition: { Bool: { "aws:SecureTransport": "true" } } }),
        }),
        says: ["models: requests without TLS; allowed: none"],
      },
      "a policy for the bucket and not its objects": {
        stack: bucketWith("aws:s3/bucketPolicy:BucketPolicy", {
          policy: policy({ ...TLS_ONLY, Resource: "arn:aws:s3:::models" }),
        }),
        says: ["models: requests without TLS; allowed: none"],
      },
      "a policy that denies uploads alone": {
        stack: bucketWith("aws:s3/bucketPolicy:BucketPolicy", {
          policy: policy({ ...TLS_ONLY, Action: "s3:PutObject" }),
        }),
        says: ["models: requests without TLS; allowed: none"],
      },
      "a policy that denies them from one address alone": {
        stack: bucketWith("aws:s3/bucketPolicy:BucketPolicy", {
          policy: policy({
            ...TLS_ONLY,
            Condition: { ...TLS_ONLY.Condition, IpAddress: { "aws:SourceIp": "192.0.2.1/32" } },
          }),
        }),
        says: ["models: requests without TLS; allowed: none"],
      },
      "a policy that allows it": {
        stack: bucketWith("aws:s3/bucketPolicy:BucketPolicy", {
          policy: policy({ ...TLS_ONLY, Effect: "Allow" }),
        }),
        says: ["models: requests without TLS; allowed: none"],
      },
    },
  },
  {
    rule: s3Lifecycle,
    passes: {
      both: bucketWith("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", {
        rules: [
          {
            id: "a",
            status: "Enabled",
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
            noncurrentVersionExpiration: { noncurrentDays: 30 },
          },
        ],
      }),
    },
    fails: {
      none: {
        stack: [bucket],
        says: ["models: unfinished uploads and old versions kept for ever; allowed: a lifecycle for both"],
      },
      "one of them, the other switched off": {
        stack: bucketWith("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", {
          rules: [
            { id: "a", status: "Enabled", abortIncompleteMultipartUpload: { daysAfterInitiation: 1 } },
            { id: "b", status: "Disabled", noncurrentVersionExpiration: { noncurrentDays: 30 } },
          ],
        }),
        says: ["models: old versions kept for ever; allowed: a lifecycle for both"],
      },
    },
  },
  {
    rule: s3Acls,
    passes: {
      "the owner enforced": bucketWith("aws:s3/bucketOwnershipControls:BucketOwnershipControls", {
        rule: { objectOwnership: "BucketOwnerEnforced" },
      }),
    },
    fails: {
      none: { stack: [bucket], says: ["models: ACLs possible; allowed: BucketOwnerEnforced"] },
      "the owner preferred": {
        stack: bucketWith("aws:s3/bucketOwnershipControls:BucketOwnershipControls", {
          rule: { objectOwnership: "BucketOwnerPreferred" },
        }),
        says: ["models: ACLs possible; allowed: BucketOwnerEnforced"],
      },
    },
  },
  {
    rule: s3OlderBucket,
    passes: { "a Bucket": [bucket] },
    fails: {
      "a BucketV2": {
        stack: [ruleResource("aws:s3/bucketV2:BucketV2", "older", { tags: {} })],
        says: ["older: a BucketV2; allowed: a Bucket"],
      },
    },
  },
  {
    rule: s3PublicPolicy,
    passes: {
      "a denial for everyone": bucketWith("aws:s3/bucketPolicy:BucketPolicy", { policy: policy(TLS_ONLY) }),
      "everyone of an organisation": bucketWith("aws:s3/bucketPolicy:BucketPolicy", {
        policy: policy({
          ...TLS_ONLY,
          Effect: "Allow",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o" } },
        }),
      }),
    },
    fails: {
      everyone: {
        stack: bucketWith("aws:s3/bucketPolicy:BucketPolicy", {
          policy: policy({
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: ["s3:GetObject"],
            Resource: "*",
          }),
        }),
        says: ["models: s3:GetObject for everyone; allowed: principals by name"],
      },
      "everyone who uses TLS, who is not one account, and who sits in either half of the internet": {
        stack: bucketWith("aws:s3/bucketPolicy:BucketPolicy", {
          policy: JSON.stringify({
            Statement: [
              { ...READ, Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } },
              { ...READ, NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } },
              {
                ...READ,
                Principal: "*",
                Condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "128.0.0.0/1"] } },
              },
              {
                ...READ,
                Principal: "*",
                Condition: { StringNotEquals: { "aws:PrincipalAccount": "123456789012" } },
              },
            ],
          }),
        }),
        says: Array(4).fill("models: s3:GetObject for everyone; allowed: principals by name"),
      },
    },
  },
  {
    rule: s3Notifications,
    passes: { "one, after its permission": notified({ permissionFirst: true }) },
    fails: {
      "one that does not wait": {
        stack: notified({ permissionFirst: false }),
        says: ["a: no permission of S3 for sync before it; allowed: the permission first"],
      },
      two: {
        stack: notified({ permissionFirst: true, twice: true }),
        says: ["a: 2 on one bucket; allowed: one", "b: 2 on one bucket; allowed: one"],
      },
    },
  },
  {
    rule: s3Kms,
    passes: { "KMS with a bucket key": encrypted("aws:kms", true) },
    fails: {
      AES256: {
        stack: encrypted("AES256"),
        says: ["models: no KMS key; allowed: aws:kms with a bucket key"],
      },
      "KMS without a bucket key": {
        stack: encrypted("aws:kms"),
        says: ["models: no KMS key; allowed: aws:kms with a bucket key"],
      },
    },
  },
  {
    rule: s3AccessLogs,
    passes: { logs: bucketWith("aws:s3/bucketLogging:BucketLogging", { targetBucket: "logs" }) },
    fails: { none: { stack: [bucket], says: ["models: no access logs; allowed: access logs"] } },
  },
  {
    rule: s3Replication,
    passes: {
      "a replica": bucketWith("aws:s3/bucketReplicationConfig:BucketReplicationConfig", {
        rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::copy" } }],
      }),
    },
    fails: { none: { stack: [bucket], says: ["models: no replication; allowed: replication"] } },
  },
  {
    rule: s3ObjectLock,
    passes: { "a lock": [ruleResource("aws:s3/bucket:Bucket", "models", { objectLockEnabled: true })] },
    fails: { none: { stack: [bucket], says: ["models: no object lock; allowed: object lock"] } },
  },
  {
    rule: s3Events,
    passes: { "a notification": bucketWith("aws:s3/bucketNotification:BucketNotification", {}) },
    fails: { none: { stack: [bucket], says: ["models: no notifications; allowed: a notification"] } },
  },
];
