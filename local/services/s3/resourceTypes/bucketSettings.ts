import type { Event, FilterRule, ServerSideEncryption } from "@aws-sdk/client-s3";
import type * as aws from "@pulumi/aws";
import { defineType, type InputsOf } from "../../../resources/resourceType";
import { inert, nested, refused, required, requiredNested, served } from "../../../resources/treatment";
import { known } from "../../../resources/value";
import { checkPolicyDocument } from "../../iam/checkPolicyDocument";
import { documentText } from "../../iam/documentText";
import type { S3Service } from "../s3Service";
import { setting, settingId } from "./setting";

// Settings of a bucket, each a resource type of its own.

export const bucketCorsConfiguration = defineType<typeof aws.s3.BucketCorsConfiguration, S3Service>(
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
  {
    properties: {
      bucket: required,
      corsRules: requiredNested({
        allowedHeaders: served,
        allowedMethods: required,
        allowedOrigins: required,
        exposeHeaders: served,
        id: served,
        maxAgeSeconds: served,
      }),
      expectedBucketOwner: served,
      region: served,
    },
    replaceOn: ["bucket", "expectedBucketOwner"],
    ...setting<InputsOf<typeof aws.s3.BucketCorsConfiguration>>(
      ({ corsRules }) => ({
        corsRules: corsRules.map((rule) => ({
          ID: rule.id,
          AllowedHeaders: rule.allowedHeaders,
          AllowedMethods: rule.allowedMethods,
          AllowedOrigins: rule.allowedOrigins,
          ExposeHeaders: rule.exposeHeaders,
          MaxAgeSeconds: rule.maxAgeSeconds,
        })),
      }),
      { corsRules: undefined },
    ),
  },
);

export const bucketNotification = defineType<typeof aws.s3.BucketNotification, S3Service>(
  "aws:s3/bucketNotification:BucketNotification",
  {
    properties: {
      bucket: required,
      eventbridge: refused("there is no EventBridge, use `lambdaFunctions`"),
      lambdaFunctions: nested({
        events: required,
        filterPrefix: served,
        filterSuffix: served,
        id: served,
        lambdaFunctionArn: served,
      }),
      queues: refused("there is no SQS, use `lambdaFunctions`"),
      region: served,
      topics: refused("there is no SNS, use `lambdaFunctions`"),
    },
    replaceOn: ["bucket"],
    ...setting<InputsOf<typeof aws.s3.BucketNotification>>(
      ({ lambdaFunctions = [] }) => ({
        lambdaFunctionConfigurations: lambdaFunctions.map((target, i) => ({
          Id: target.id ?? `tf-s3-lambda-${i}`,
          LambdaFunctionArn: target.lambdaFunctionArn,
          Events: target.events as readonly Event[],
          Filter: { Key: { FilterRules: filterRules(target) } },
        })),
      }),
      { lambdaFunctionConfigurations: undefined },
    ),
  },
);

function filterRules(target: { readonly filterPrefix?: string; readonly filterSuffix?: string }) {
  const rules: FilterRule[] = [];
  if (target.filterPrefix) rules.push({ Name: "prefix", Value: target.filterPrefix });
  if (target.filterSuffix) rules.push({ Name: "suffix", Value: target.filterSuffix });
  return rules;
}

export const bucketOwnershipControls = defineType<typeof aws.s3.BucketOwnershipControls, S3Service>(
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  {
    properties: {
      bucket: required,
      region: served,
      rule: requiredNested({ objectOwnership: required }),
    },
    replaceOn: ["bucket"],
    check({ rule }) {
      const ownership = known(known(rule)?.objectOwnership);
      if (ownership !== undefined && ownership !== "BucketOwnerEnforced") {
        throw new Error(
          "`rule.objectOwnership` can only be BucketOwnerEnforced here: there are no ACLs, grant access with an aws.s3.BucketPolicy",
        );
      }
    },
    // What the one value means is what a bucket is anyway.
    ...setting<InputsOf<typeof aws.s3.BucketOwnershipControls>>(() => ({}), {}),
  },
);

export const bucketPolicy = defineType<typeof aws.s3.BucketPolicy, S3Service>(
  "aws:s3/bucketPolicy:BucketPolicy",
  {
    properties: { bucket: required, policy: required, region: served },
    replaceOn: ["bucket"],
    check({ policy }) {
      checkPolicyDocument(policy, "resource");
    },
    ...setting<InputsOf<typeof aws.s3.BucketPolicy>>(
      ({ policy }) => ({ policy: typeof policy === "string" ? policy : JSON.stringify(policy) }),
      { policy: undefined },
    ),
    outputs: (inputs) => ({
      id: settingId(inputs),
      policy: documentText(inputs.policy),
    }),
  },
);

const NO_ACLS = inert("there are no ACLs");
const NO_ANONYMOUS = inert("no request without a signature is answered");

export const bucketPublicAccessBlock = defineType<typeof aws.s3.BucketPublicAccessBlock, S3Service>(
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  {
    properties: {
      blockPublicAcls: NO_ACLS,
      blockPublicPolicy: NO_ANONYMOUS,
      bucket: required,
      ignorePublicAcls: NO_ACLS,
      region: served,
      restrictPublicBuckets: NO_ANONYMOUS,
      skipDestroy: inert("the block does nothing here"),
    },
    replaceOn: ["bucket"],
    ...setting<InputsOf<typeof aws.s3.BucketPublicAccessBlock>>(
      (inputs) => ({
        publicAccessBlock: {
          BlockPublicAcls: inputs.blockPublicAcls ?? false,
          BlockPublicPolicy: inputs.blockPublicPolicy ?? false,
          IgnorePublicAcls: inputs.ignorePublicAcls ?? false,
          RestrictPublicBuckets: inputs.restrictPublicBuckets ?? false,
        },
      }),
      { publicAccessBlock: undefined },
    ),
    outputs: (inputs) => ({
      blockPublicAcls: inputs.blockPublicAcls ?? false,
      blockPublicPolicy: inputs.blockPublicPolicy ?? false,
      id: settingId(inputs),
      ignorePublicAcls: inputs.ignorePublicAcls ?? false,
      restrictPublicBuckets: inputs.restrictPublicBuckets ?? false,
    }),
  },
);

/** S3 says of objects that they are encrypted, as declared; on this machine's disk they are not. */
export const bucketServerSideEncryptionConfiguration = defineType<
  typeof aws.s3.BucketServerSideEncryptionConfiguration,
  S3Service
>("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", {
  properties: {
    bucket: required,
    expectedBucketOwner: served,
    region: served,
    rules: requiredNested({
      applyServerSideEncryptionByDefault: nested({
        kmsMasterKeyId: served,
        sseAlgorithm: required,
      }),
      blockedEncryptionTypes: served,
      bucketKeyEnabled: served,
    }),
  },
  replaceOn: ["bucket", "expectedBucketOwner"],
  check({ rules }) {
    for (const rule of known(rules) ?? []) {
      const { blockedEncryptionTypes, applyServerSideEncryptionByDefault } = known(rule) ?? {};
      if (known(blockedEncryptionTypes)?.some((type) => known(type) === "NONE")) {
        throw new Error(
          "`rules.blockedEncryptionTypes` cannot be NONE here: the local S3 takes no customers' keys",
        );
      }
      const algorithm = known(known(applyServerSideEncryptionByDefault)?.sseAlgorithm);
      if (algorithm !== undefined && !["AES256", "aws:kms", "aws:kms:dsse"].includes(algorithm)) {
        throw new Error(
          `\`rules.applyServerSideEncryptionByDefault.sseAlgorithm\` is "${algorithm}"; choose AES256, aws:kms or aws:kms:dsse`,
        );
      }
    }
  },
  ...setting<InputsOf<typeof aws.s3.BucketServerSideEncryptionConfiguration>>(
    ({ rules: [rule] }) => {
      const { sseAlgorithm, kmsMasterKeyId } = rule?.applyServerSideEncryptionByDefault ?? {};
      return {
        defaultEncryption: sseAlgorithm
          ? {
              algorithm: sseAlgorithm as ServerSideEncryption,
              kmsKeyId: kmsMasterKeyId || undefined,
              bucketKeyEnabled: rule?.bucketKeyEnabled || undefined,
            }
          : undefined,
      };
    },
    { defaultEncryption: undefined },
  ),
});

export const bucketVersioning = defineType<typeof aws.s3.BucketVersioning, S3Service>(
  "aws:s3/bucketVersioning:BucketVersioning",
  {
    properties: {
      bucket: required,
      expectedBucketOwner: served,
      mfa: refused("there are no MFA devices"),
      region: served,
      versioningConfiguration: requiredNested({ mfaDelete: served, status: required }),
    },
    replaceOn: ["bucket", "expectedBucketOwner"],
    check({ versioningConfiguration }) {
      const { mfaDelete = undefined } = known(versioningConfiguration) ?? {};
      if (known(mfaDelete) === "Enabled") {
        throw new Error(
          "`versioningConfiguration.mfaDelete` cannot be Enabled here: there are no MFA devices",
        );
      }
    },
    ...setting<InputsOf<typeof aws.s3.BucketVersioning>>(
      ({ versioningConfiguration: { status } }) => ({
        versioning: status === "Enabled" || status === "Suspended" ? status : undefined,
      }),
      // Versions are never forgotten: AWS can only suspend them.
      { versioning: "Suspended" },
    ),
  },
);
