import assert from "node:assert/strict";
import { GetObjectCommand, HeadBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { withAutoName } from "../../../../../local/resources/autoName";
import type { ResourceType } from "../../../../../local/resources/resourceType";
import { faultsOf } from "../../../../../local/resources/treatment";
import type { Properties } from "../../../../../local/resources/value";
import { canonicalUserId } from "../../../../../local/services/s3/listing";
import { bucket } from "../../../../../local/services/s3/resourceTypes/bucket";
import { bucketLifecycleConfiguration } from "../../../../../local/services/s3/resourceTypes/bucketLifecycleConfiguration";
import {
  bucketCorsConfiguration,
  bucketNotification,
  bucketOwnershipControls,
  bucketPolicy,
  bucketPublicAccessBlock,
  bucketServerSideEncryptionConfiguration,
  bucketVersioning,
} from "../../../../../local/services/s3/resourceTypes/bucketSettings";
import type { S3Service } from "../../../../../local/services/s3/s3Service";
import { declared } from "../../../../helpers/program/declared";
import { LocalS3, rejection } from "../../../../helpers/services/localS3";

describe("The resource type of a bucket", () => {
  let s3: LocalS3;
  beforeEach(async () => {
    s3 = await LocalS3.start("models");
  });
  afterEach(() => s3.stop());

  it("tells of it what AWS does", () => {
    const { outputs } = declared(bucket.type, "name", { bucket: "models", tags: { a: "b" } });
    assert.deepEqual(JSON.parse(JSON.stringify(outputs)), {
      accelerationStatus: "",
      bucketPrefix: "",
      grants: [
        {
          id: canonicalUserId("123456789012"),
          permissions: ["FULL_CONTROL"],
          type: "CanonicalUser",
          uri: "",
        },
      ],
      serverSideEncryptionConfiguration: {
        rule: {
          applyServerSideEncryptionByDefault: { kmsMasterKeyId: "", sseAlgorithm: "AES256" },
          blockedEncryptionTypes: [],
          bucketKeyEnabled: false,
        },
      },
      versioning: { enabled: false, mfaDelete: false },
      id: "models",
      arn: "arn:aws:s3:::models",
      bucket: "models",
      bucketDomainName: "models.s3.amazonaws.com",
      bucketNamespace: "global",
      bucketRegion: "eu-west-1",
      bucketRegionalDomainName: "models.s3.eu-west-1.amazonaws.com",
      forceDestroy: false,
      hostedZoneId: "Z1BKCTXD74EZPE",
      objectLockEnabled: false,
      region: "eu-west-1",
      requestPayer: "BucketOwner",
      tags: { a: "b" },
      tagsAll: { a: "b" },
    });
  });

  it("names it after the resource, in lower case", () => {
    assert.deepEqual(withAutoName({}, bucket, "ModelBucket", "urn"), {
      bucket: "modelbucket-b05f298",
    });
  });

  it("names it after a prefix, the same each time", () => {
    const inputs = withAutoName({ bucketPrefix: "models-" }, bucket, "ModelBucket", "urn");
    assert.deepEqual(inputs, { bucketPrefix: "models-" });
    const names = [1, 2].map(() => declared(bucket.type, "name", inputs).outputs.bucket);
    assert.match(String(names[0]), /^models-[0-9a-f]{7}$/);
    assert.equal(names[0], names[1]);
  });

  it("makes it, and takes it as it is when it is there already", async () => {
    const resource = declared(bucket.type, "name", { bucket: "uploads" });
    await bucket.create?.(resource, s3.service);
    await s3.client().send(new PutObjectCommand({ Bucket: "uploads", Key: "a", Body: "x" }));
    await bucket.create?.(resource, s3.service);
    const got = await s3.client().send(new GetObjectCommand({ Bucket: "uploads", Key: "a" }));
    assert.equal(await got.Body?.transformToString(), "x");
  });

  it("deletes it only when it is empty, or by force", async () => {
    await s3.client().send(new PutObjectCommand({ Bucket: "models", Key: "a", Body: "x" }));
    const remove = (forceDestroy?: boolean) =>
      bucket.delete?.(declared(bucket.type, "name", { bucket: "models", forceDestroy }), s3.service);
    await assert.rejects(async () => remove(), {
      code: "BucketNotEmpty",
      message: "The bucket you tried to delete is not empty",
    });
    await remove(true);
    const head = s3.client().send(new HeadBucketCommand({ Bucket: "models" }));
    assert.deepEqual(await rejection(head), { code: "NotFound", status: 404 });
  });

  it("rejects names that AWS rejects, and settings in the deprecated place", () => {
    assert.throws(() => declared(bucket.type, "name", { bucket: "Models" }), {
      message:
        '`bucket` is "Models"; a bucket\'s name has 3 to 63 lower-case letters, digits, dots and hyphens',
    });
    assert.throws(() => declared(bucket.type, "name", { bucketPrefix: "Models-" }), {
      message: '`bucketPrefix` is "Models-"; it has up to 37 lower-case letters, digits, dots and hyphens',
    });
    assert.deepEqual(faultsOf({ versioning: { enabled: true } }, bucket.properties), [
      {
        property: "versioning",
        reason:
          "the local cloud does not serve this property: it is deprecated, declare an aws.s3.BucketVersioning",
      },
    ]);
  });
});

describe("The resource types of a bucket's settings", () => {
  let s3: LocalS3;
  beforeEach(async () => {
    s3 = await LocalS3.start("models");
  });
  afterEach(() => s3.stop());

  const configuration = () => {
    const { name, creationDate, ...rest } = s3.service.bucket("models").configuration;
    return JSON.parse(JSON.stringify(rest));
  };

  const policy = JSON.stringify({
    Statement: { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" },
  });
  const cases: [type: ResourceType<S3Service>, inputs: Properties, set: object, unset: object][] = [
    [
      bucketVersioning,
      { versioningConfiguration: { status: "Enabled" } },
      { versioning: "Enabled" },
      { versioning: "Suspended" },
    ],
    [
      bucketServerSideEncryptionConfiguration,
      {
        rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" }, bucketKeyEnabled: true }],
      },
      { defaultEncryption: { algorithm: "aws:kms", bucketKeyEnabled: true } },
      {},
    ],
    [bucketPolicy, { policy }, { policy }, {}],
    [
      bucketCorsConfiguration,
      {
        corsRules: [
          { allowedMethods: ["PUT"], allowedOrigins: ["*"], exposeHeaders: ["ETag"], maxAgeSeconds: 60 },
        ],
      },
      {
        corsRules: [
          { AllowedMethods: ["PUT"], AllowedOrigins: ["*"], ExposeHeaders: ["ETag"], MaxAgeSeconds: 60 },
        ],
      },
      {},
    ],
    [
      bucketLifecycleConfiguration,
      {
        rules: [
          {
            id: "old",
            status: "Enabled",
            filter: { and: { prefix: "a/", tags: { b: "c" } } },
            expiration: { days: 3 },
            noncurrentVersionExpiration: { noncurrentDays: 7 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      {
        lifecycleRules: [
          {
            ID: "old",
            Status: "Enabled",
            Filter: { And: { Prefix: "a/", Tags: [{ Key: "b", Value: "c" }] } },
            Expiration: { Days: 3 },
            NoncurrentVersionExpiration: { NoncurrentDays: 7 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          },
        ],
      },
      {},
    ],
    [
      bucketNotification,
      {
        lambdaFunctions: [
          {
            lambdaFunctionArn: "arn:f",
            events: ["s3:ObjectCreated:*"],
            filterPrefix: "a/",
            filterSuffix: ".b",
          },
        ],
      },
      {
        lambdaFunctionConfigurations: [
          {
            Id: "tf-s3-lambda-0",
            LambdaFunctionArn: "arn:f",
            Events: ["s3:ObjectCreated:*"],
            Filter: {
              Key: {
                FilterRules: [
                  { Name: "prefix", Value: "a/" },
                  { Name: "suffix", Value: ".b" },
                ],
              },
            },
          },
        ],
      },
      {},
    ],
    [
      bucketPublicAccessBlock,
      { blockPublicAcls: true },
      {
        publicAccessBlock: {
          BlockPublicAcls: true,
          BlockPublicPolicy: false,
          IgnorePublicAcls: false,
          RestrictPublicBuckets: false,
        },
      },
      {},
    ],
    [bucketOwnershipControls, { rule: { objectOwnership: "BucketOwnerEnforced" } }, {}, {}],
  ];
  for (const [type, inputs, set, unset] of cases) {
    it(`set what ${type.type} declares, and unset it when it is deleted`, async () => {
      const resource = declared(type.type, "name", { bucket: "models", ...inputs });
      assert.equal(resource.outputs.id, "models");
      await type.create?.(resource, s3.service);
      assert.deepEqual(configuration(), set);
      await type.delete?.(resource, s3.service);
      assert.deepEqual(configuration(), unset);
      await s3.service.deleteBucket("models", { force: true });
      await type.delete?.(resource, s3.service);
    });
  }

  it("reject a policy that cannot be evaluated, and notifications to what is not here", () => {
    assert.throws(() => declared(bucketPolicy.type, "name", { bucket: "models", policy: "{" }), {
      message: "the policy is not JSON (MalformedPolicyDocument)",
    });
    assert.deepEqual(faultsOf({ bucket: "models", queues: [{}] }, bucketNotification.properties), [
      {
        property: "queues",
        reason: "the local cloud does not serve this property: there is no SQS, use `lambdaFunctions`",
      },
    ]);
    const rule = { objectOwnership: "ObjectWriter" };
    assert.throws(() => declared(bucketOwnershipControls.type, "name", { bucket: "models", rule }), {
      message:
        "`rule.objectOwnership` can only be BucketOwnerEnforced here: there are no ACLs, grant access with an aws.s3.BucketPolicy",
    });
    const versioningConfiguration = { status: "Enabled", mfaDelete: "Enabled" };
    assert.throws(
      () => declared(bucketVersioning.type, "name", { bucket: "models", versioningConfiguration }),
      { message: "`versioningConfiguration.mfaDelete` cannot be Enabled here: there are no MFA devices" },
    );
  });

  it("are rejected for a bucket that another account should own", async () => {
    const resource = declared(bucketVersioning.type, "name", {
      bucket: "models",
      expectedBucketOwner: "210987654321",
      versioningConfiguration: { status: "Enabled" },
    });
    await assert.rejects(async () => bucketVersioning.create?.(resource, s3.service), {
      code: "AccessDenied",
    });
  });
});
