import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { isBucketName } from "../store/s3Store";
import { hostedZoneIds } from "./hostedZoneIds";

/** Deprecated inputs that have become resources of their own, which is the only form the local cloud reads. */
const inline: Readonly<Record<string, string>> = {
  corsRules: "BucketCorsConfiguration",
  grants: "BucketOwnershipControls",
  lifecycleRules: "BucketLifecycleConfiguration",
  policy: "BucketPolicy",
  replicationConfiguration: "BucketReplicationConfig",
  serverSideEncryptionConfiguration: "BucketServerSideEncryptionConfiguration",
  versioning: "BucketVersioning",
  website: "BucketWebsiteConfiguration",
};

export const bucket: LegacyResourceType<Cloud> = {
  type: "aws:s3/bucket:Bucket",
  inputs: [
    "accelerationStatus",
    "acl",
    "bucket",
    "bucketNamespace",
    "bucketPrefix",
    "corsRules",
    "forceDestroy",
    "grants",
    "lifecycleRules",
    "logging",
    "objectLockConfiguration",
    "objectLockEnabled",
    "policy",
    "region",
    "replicationConfiguration",
    "requestPayer",
    "serverSideEncryptionConfiguration",
    "tags",
    "versioning",
    "website",
  ],
  replaceOn: ["bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled", "region"],
  autoName: { property: "bucket", maxLength: 63, lowerCase: true },

  check(inputs) {
    for (const [property, resource] of Object.entries(inline)) {
      if (inputs[property] !== undefined) {
        throw new Error(`\`${property}\` is deprecated; declare an aws.s3.${resource}.`);
      }
    }
    if (inputs.bucketPrefix !== undefined) {
      throw new Error(
        "the local cloud has no `bucketPrefix`; give `bucket`, or neither for a name of Pulumi's.",
      );
    }
    if (inputs.acl !== undefined && inputs.acl !== "private") {
      throw new Error(
        "the local cloud knows no `acl` but private: grant access with an aws.s3.BucketPolicy.",
      );
    }
    if (typeof inputs.bucket === "string" && !isBucketName(inputs.bucket)) {
      throw new Error(
        `\`bucket\` is "${inputs.bucket}"; a bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens.`,
      );
    }
  },

  outputs(inputs, _resource, { region }) {
    const id = String(inputs.bucket);
    return {
      ...inputs,
      id,
      bucket: id,
      arn: `arn:aws:s3:::${id}`,
      bucketDomainName: `${id}.s3.amazonaws.com`,
      bucketNamespace: inputs.bucketNamespace ?? "global",
      bucketRegion: region,
      bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
      forceDestroy: inputs.forceDestroy ?? false,
      hostedZoneId: hostedZoneIds[region] ?? "",
      objectLockEnabled: inputs.objectLockEnabled ?? false,
      region: inputs.region ?? region,
      requestPayer: inputs.requestPayer ?? "BucketOwner",
      tagsAll: inputs.tags ?? {},
    };
  },

  async create({ outputs }, { s3 }) {
    await s3.createBucket(String(outputs.bucket));
    return undefined;
  },

  // Nothing that can change in place means anything here; `create` would take the bucket's settings away.
  async update() {
    return undefined;
  },

  async delete({ outputs }, { s3 }) {
    await s3.deleteBucket(String(outputs.bucket), { force: outputs.forceDestroy === true });
  },
};
