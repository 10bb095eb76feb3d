import type { Declared } from "@paddock/local/program";
import type { PropertiesOf, ResourceToken } from "../../../policy/lib/resourceTypes";
import { s3AccessLogs } from "../../../policy/rules/s3/accessLogs";
import { s3Acls } from "../../../policy/rules/s3/acls";
import { s3Events } from "../../../policy/rules/s3/events";
import { s3Kms } from "../../../policy/rules/s3/kms";
import { s3Lifecycle } from "../../../policy/rules/s3/lifecycle";
import { s3ObjectLock } from "../../../policy/rules/s3/objectLock";
import { s3PublicAccessAllowed } from "../../../policy/rules/s3/publicAccessAllowed";
import { s3PublicAccessBlocked } from "../../../policy/rules/s3/publicAccessBlocked";
import { s3PublicAcl } from "../../../policy/rules/s3/publicAcl";
import { s3PublicPolicy } from "../../../policy/rules/s3/publicPolicy";
import { s3Replication } from "../../../policy/rules/s3/replication";
import { s3Tls } from "../../../policy/rules/s3/tls";
import { s3Versioning } from "../../../policy/rules/s3/versioning";
import type { ControlCases } from "../../helpers/policy/controlCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

type BucketProps = PropertiesOf<"aws:s3/bucket:Bucket">;

const bucket = (inputs: Partial<BucketProps> = {}) => ruleResource("aws:s3/bucket:Bucket", "data", inputs);

function bucketWith<T extends ResourceToken>(type: T, inputs: Partial<PropertiesOf<T>> = {}): Declared[] {
  const it = bucket();
  return [it, ruleResource(type, "data", inputs, { to: { bucket: it } })];
}

const BLOCKED = {
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
};

const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const POLICY = "aws:s3/bucketPolicy:BucketPolicy";

const document = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Action: "s3:*", ...statement }] });

const TLS_ONLY = document({
  Effect: "Deny",
  Principal: "*",
  Resource: ["arn:aws:s3:::data", "arn:aws:s3:::data/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

const granted = (permission: string) =>
  bucketWith("aws:s3/bucketAcl:BucketAcl", {
    accessControlPolicy: {
      owner: { id: "owner" },
      grants: [
        { permission, grantee: { type: "Group", uri: "http://acs.amazonaws.com/groups/global/AllUsers" } },
      ],
    },
  });

const OLD_VERSIONS = { noncurrentVersionExpiration: { noncurrentDays: 30 } };
const ABORTED = { abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } };

const unblocked = (setting: keyof typeof BLOCKED, control: string): ControlCases => ({
  rule: s3PublicAccessAllowed,
  controls: [control],
  refuses: { [`${setting} false`]: bucketWith(BLOCK, { ...BLOCKED, [setting]: false }) },
  passes: { "all four settings": bucketWith(BLOCK, BLOCKED) },
});

export const s3Controls: readonly ControlCases[] = [
  {
    rule: s3AccessLogs,
    controls: ["S3.9", "CKV_AWS_18", "AwsSolutions-S1"],
    refuses: { "a bucket without logging": [bucket()] },
    passes: {
      "a BucketLogging": bucketWith("aws:s3/bucketLogging:BucketLogging", { targetBucket: "logs" }),
      "logging on the bucket itself": [bucket({ logging: { targetBucket: "logs", targetPrefix: "log/" } })],
    },
  },
  {
    rule: s3Acls,
    controls: ["S3.12", "CKV2_AWS_65"],
    refuses: {
      "ownership that leaves ACLs on": bucketWith("aws:s3/bucketOwnershipControls:BucketOwnershipControls", {
        rule: { objectOwnership: "ObjectWriter" },
      }),
    },
    passes: {
      "the owner enforced": bucketWith("aws:s3/bucketOwnershipControls:BucketOwnershipControls", {
        rule: { objectOwnership: "BucketOwnerEnforced" },
      }),
    },
  },
  {
    rule: s3Events,
    controls: ["S3.11", "CKV2_AWS_62"],
    refuses: { "a bucket that notifies nobody": [bucket()] },
    passes: { "a notification": bucketWith("aws:s3/bucketNotification:BucketNotification") },
  },
  {
    rule: s3Kms,
    controls: ["S3.17", "CKV_AWS_145"],
    refuses: {
      "a bucket that says nothing": [bucket()],
      AES256: bucketWith(ENCRYPTION, {
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      }),
    },
    passes: {
      "aws:kms": bucketWith(ENCRYPTION, {
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true }],
      }),
      "aws:kms on the bucket itself": [
        bucket({
          serverSideEncryptionConfiguration: {
            rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true },
          },
        }),
      ],
    },
  },
  {
    rule: s3Lifecycle,
    controls: ["S3.13", "CKV2_AWS_61"],
    refuses: { "a bucket without a lifecycle": [bucket()] },
    passes: {
      "a lifecycle configuration": bucketWith(LIFECYCLE, {
        rules: [{ id: "all", status: "Enabled", ...ABORTED, ...OLD_VERSIONS }],
      }),
      "a lifecycle on the bucket itself": [
        bucket({
          lifecycleRules: [
            {
              enabled: true,
              abortIncompleteMultipartUploadDays: 7,
              noncurrentVersionExpiration: { days: 9 },
            },
          ],
        }),
      ],
    },
  },
  {
    rule: s3Lifecycle,
    controls: ["CKV_AWS_300"],
    refuses: {
      "a rule that aborts nothing": bucketWith(LIFECYCLE, {
        rules: [{ id: "all", status: "Enabled", ...OLD_VERSIONS }],
      }),
      "a rule that is disabled": bucketWith(LIFECYCLE, {
        rules: [{ id: "all", status: "Disabled", ...ABORTED, ...OLD_VERSIONS }],
      }),
      "a rule for a prefix": bucketWith(LIFECYCLE, {
        rules: [{ id: "a", status: "Enabled", filter: { prefix: "logs/" }, ...ABORTED, ...OLD_VERSIONS }],
      }),
    },
    passes: {
      "a rule for every object": bucketWith(LIFECYCLE, {
        rules: [{ id: "all", status: "Enabled", filter: { prefix: "" }, ...ABORTED, ...OLD_VERSIONS }],
      }),
    },
  },
  {
    rule: s3ObjectLock,
    controls: ["S3.15"],
    refuses: { "a bucket without object lock": [bucket()] },
    passes: { "object lock": [bucket({ objectLockEnabled: true })] },
  },
  unblocked("blockPublicAcls", "CKV_AWS_53"),
  unblocked("blockPublicPolicy", "CKV_AWS_54"),
  unblocked("ignorePublicAcls", "CKV_AWS_55"),
  unblocked("restrictPublicBuckets", "CKV_AWS_56"),
  unblocked("restrictPublicBuckets", "AwsSolutions-S2"),
  {
    rule: s3PublicAccessBlocked,
    controls: ["S3.8", "CKV2_AWS_6"],
    refuses: {
      "a bucket without a block": [bucket()],
      "a block that lets policies through": bucketWith(BLOCK, { ...BLOCKED, blockPublicPolicy: false }),
    },
    passes: { "all four settings": bucketWith(BLOCK, BLOCKED) },
  },
  {
    rule: s3PublicAcl,
    controls: ["CKV_AWS_20"],
    refuses: {
      "public-read": bucketWith("aws:s3/bucketAcl:BucketAcl", { acl: "public-read" }),
      "authenticated-read on the bucket itself": [bucket({ acl: "authenticated-read" })],
      "READ for all users": granted("READ"),
    },
    passes: { private: bucketWith("aws:s3/bucketAcl:BucketAcl", { acl: "private" }) },
  },
  {
    rule: s3PublicAcl,
    controls: ["CKV_AWS_57"],
    refuses: {
      "public-read-write": bucketWith("aws:s3/bucketAcl:BucketAcl", { acl: "public-read-write" }),
      "WRITE for all users": granted("WRITE"),
      "WRITE_ACP for all users": granted("WRITE_ACP"),
    },
    passes: { private: bucketWith("aws:s3/bucketAcl:BucketAcl", { acl: "private" }) },
  },
  {
    rule: s3PublicPolicy,
    controls: ["CKV_AWS_70"],
    refuses: {
      "everyone, in a policy": bucketWith(POLICY, {
        policy: document({ Effect: "Allow", Principal: "*", Resource: "*" }),
      }),
      "everyone among others, on the bucket itself": [
        bucket({
          policy: document({
            Effect: "Allow",
            Principal: { AWS: ["arn:aws:iam::123456789012:root", "*"] },
            Resource: "*",
          }),
        }),
      ],
    },
    passes: {
      "one account": bucketWith(POLICY, {
        policy: document({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Resource: "*",
        }),
      }),
      "everyone of an organization": bucketWith(POLICY, {
        policy: document({
          Effect: "Allow",
          Principal: "*",
          Resource: "*",
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        }),
      }),
    },
  },
  {
    rule: s3Replication,
    controls: ["S3.7", "CKV_AWS_144"],
    refuses: {
      "a bucket without replication": [bucket()],
      "a rule that is disabled": bucketWith("aws:s3/bucketReplicationConfig:BucketReplicationConfig", {
        rules: [{ status: "Disabled", destination: { bucket: "arn:aws:s3:::copy" } }],
      }),
    },
    passes: {
      "a rule that is enabled": bucketWith("aws:s3/bucketReplicationConfig:BucketReplicationConfig", {
        rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::copy" } }],
      }),
    },
  },
  {
    rule: s3Tls,
    controls: ["S3.5", "CKV_AWS_379", "AwsSolutions-S10"],
    refuses: {
      "a policy that allows requests without TLS, on a public bucket": [
        ...bucketWith(POLICY, { policy: document({ Effect: "Allow", Principal: "*", Resource: "*" }) }),
        ruleResource(
          "aws:s3/bucketAcl:BucketAcl",
          "data",
          { acl: "public-read" },
          { to: { bucket: bucket() } },
        ),
      ],
      "a bucket without a policy": [bucket()],
    },
    passes: {
      "a policy that denies them": bucketWith(POLICY, { policy: TLS_ONLY }),
      "one on the bucket itself": [bucket({ policy: TLS_ONLY })],
    },
  },
  {
    rule: s3Versioning,
    controls: ["S3.14", "CKV_AWS_21"],
    refuses: {
      "a bucket without versioning": [bucket()],
      "versioning that is suspended": bucketWith("aws:s3/bucketVersioning:BucketVersioning", {
        versioningConfiguration: { status: "Suspended" },
      }),
    },
    passes: {
      "versioning that is enabled": bucketWith("aws:s3/bucketVersioning:BucketVersioning", {
        versioningConfiguration: { status: "Enabled" },
      }),
      "versioning on the bucket itself": [bucket({ versioning: { enabled: true } })],
    },
  },
];
