import type * as aws from "@pulumi/aws";
import { nameOf } from "../../../resources/autoName";
import { defineType } from "../../../resources/resourceType";
import { inert, refused, served } from "../../../resources/treatment";
import { ABSENT, known, preview } from "../../../resources/value";
import { canonicalUserId } from "../listing";
import type { S3Service } from "../s3Service";
import { isBucketName } from "../store/s3Store";

const deprecated = (resource: string) => refused(`it is deprecated, declare an aws.s3.${resource}`);

export const bucket = defineType<typeof aws.s3.Bucket, S3Service>("aws:s3/bucket:Bucket", {
  properties: {
    accelerationStatus: inert("nothing is far away on one machine"),
    acl: served,
    bucket: served,
    bucketNamespace: inert("no other account takes names here"),
    bucketPrefix: served,
    corsRules: deprecated("BucketCorsConfiguration"),
    forceDestroy: served,
    grants: refused("there are no ACLs, grant access with an aws.s3.BucketPolicy"),
    lifecycleRules: deprecated("BucketLifecycleConfiguration"),
    logging: refused("no access logs are written"),
    objectLockConfiguration: refused("there is no Object Lock"),
    objectLockEnabled: refused("there is no Object Lock"),
    policy: deprecated("BucketPolicy"),
    region: served,
    replicationConfiguration: refused("there is no other region to replicate to"),
    requestPayer: inert("nothing is billed"),
    serverSideEncryptionConfiguration: deprecated("BucketServerSideEncryptionConfiguration"),
    tags: served,
    versioning: deprecated("BucketVersioning"),
    website: refused("no websites are hosted"),
  },
  replaceOn: ["bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled"],
  autoName: { property: "bucket", maxLength: 63, lowerCase: true },

  check(inputs) {
    const [name, prefix, acl] = [known(inputs.bucket), known(inputs.bucketPrefix), known(inputs.acl)];
    if (inputs.bucket !== undefined && inputs.bucketPrefix !== undefined) {
      throw new Error("only one of `bucket` and `bucketPrefix` can be given");
    }
    if (acl !== undefined && acl !== "private") {
      throw new Error("`acl` can only be private here: grant access with an aws.s3.BucketPolicy");
    }
    if (name !== undefined && !isBucketName(name)) {
      throw new Error(
        `\`bucket\` is "${name}"; a bucket's name has 3 to 63 lower-case letters, digits, dots and hyphens`,
      );
    }
    if (prefix !== undefined && !(prefix.length <= 37 && isBucketName(`${prefix}00`))) {
      throw new Error(
        `\`bucketPrefix\` is "${prefix}"; it has up to 37 lower-case letters, digits, dots and hyphens`,
      );
    }
  },

  outputs(inputs, resource, { region, accountId }) {
    const name = nameOf(inputs.bucket, inputs.bucketPrefix, resource);
    return {
      accelerationStatus: inputs.accelerationStatus ?? "",
      acl: inputs.acl ?? ABSENT,
      arn: preview`arn:aws:s3:::${name}`,
      bucket: name,
      bucketDomainName: preview`${name}.s3.amazonaws.com`,
      bucketNamespace: inputs.bucketNamespace ?? "global",
      bucketPrefix: inputs.bucketPrefix ?? "",
      bucketRegion: region,
      bucketRegionalDomainName: preview`${name}.s3.${region}.amazonaws.com`,
      corsRules: ABSENT,
      forceDestroy: inputs.forceDestroy ?? false,
      grants: [
        { id: canonicalUserId(accountId), permissions: ["FULL_CONTROL"], type: "CanonicalUser", uri: "" },
      ],
      hostedZoneId: HOSTED_ZONE_IDS[region] ?? "",
      id: known(name) ?? resource.name,
      lifecycleRules: ABSENT,
      logging: ABSENT,
      objectLockConfiguration: ABSENT,
      objectLockEnabled: false,
      policy: ABSENT,
      replicationConfiguration: ABSENT,
      requestPayer: inputs.requestPayer ?? "BucketOwner",
      serverSideEncryptionConfiguration: {
        rule: {
          applyServerSideEncryptionByDefault: { kmsMasterKeyId: "", sseAlgorithm: "AES256" },
          blockedEncryptionTypes: [],
          bucketKeyEnabled: false,
        },
      },
      tagsAll: inputs.tags ?? {},
      versioning: { enabled: false, mfaDelete: false },
      website: ABSENT,
      websiteDomain: ABSENT,
      websiteEndpoint: ABSENT,
    };
  },

  async create({ outputs }, s3) {
    await s3.createBucket(outputs.bucket);
    await s3.configureBucket(outputs.bucket, { tags: outputs.tags });
    return undefined;
  },

  // `create` would take the bucket's settings away.
  async update({ outputs }, _old, s3) {
    await s3.configureBucket(outputs.bucket, { tags: outputs.tags });
    return undefined;
  },

  async delete({ outputs }, s3) {
    await s3.deleteBucket(outputs.bucket, { force: outputs.forceDestroy === true });
  },
});

/** Route 53's zone of S3's endpoints, by region. Source: https://docs.aws.amazon.com/general/latest/gr/s3.html */
const HOSTED_ZONE_IDS: Readonly<Record<string, string>> = {
  "af-south-1": "Z83WF9RJE8B12",
  "ap-east-1": "ZNB98KWMFR0R6",
  "ap-northeast-1": "Z2M4EHUR26P7ZW",
  "ap-northeast-2": "Z3W03O7B5YMIYP",
  "ap-northeast-3": "Z2YQB5RD63NC85",
  "ap-south-1": "Z11RGJOFQNVJUP",
  "ap-southeast-1": "Z3O0J2DXBE1FTB",
  "ap-southeast-2": "Z1WCIGYICN2BYD",
  "ca-central-1": "Z1QDHH18159H29",
  "eu-central-1": "Z21DNDUVLTQW6Q",
  "eu-north-1": "Z3BAZG2TWCNX0D",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "eu-west-2": "Z3GKZC51ZF0DB4",
  "eu-west-3": "Z3R1K369G5AVDG",
  "sa-east-1": "Z7KQH4QJS55SO",
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-1": "Z2F56UZL2M1ACD",
  "us-west-2": "Z3BJ6K6RIION7M",
};
