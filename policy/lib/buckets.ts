import type { PropertiesOf } from "./resourceTypes";
import type { Stack, StackResource } from "./stack";
import { unlessLeftOut } from "./unknownValues";

type Bucket = StackResource<"aws:s3/bucket:Bucket">;

const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";

/** A lifecycle's rule, in the form that a BucketLifecycleConfiguration has. */
export type LifecycleRule = NonNullable<PropertiesOf<typeof LIFECYCLE>["rules"]>[number];

/** A setting on the bucket itself, the older way. */
export function ownSetting<K extends keyof Bucket["props"]>(
  { props }: Bucket,
  setting: K,
): Bucket["props"][K] | undefined {
  return unlessLeftOut(() => props[setting]);
}

/** How a bucket encrypts what is put into it. */
export function encryptionRules(bucket: Bucket, stack: Stack) {
  const own = ownSetting(bucket, "serverSideEncryptionConfiguration")?.rule;
  const beside = stack.referring(bucket, ENCRYPTION, "bucket").flatMap(({ props }) => props.rules);
  return own === undefined ? beside : [own, ...beside];
}

/** The documents of a bucket's policies. */
export function bucketPolicies(bucket: Bucket, stack: Stack): unknown[] {
  const own = ownSetting(bucket, "policy");
  const beside = stack
    .referring(bucket, "aws:s3/bucketPolicy:BucketPolicy", "bucket")
    .map(({ props }) => props.policy);
  return own === undefined ? beside : [own, ...beside];
}

/** The lifecycle rules of a bucket that are enabled. */
export function lifecycleRules(bucket: Bucket, stack: Stack): LifecycleRule[] {
  const own = (ownSetting(bucket, "lifecycleRules") ?? []).map(
    ({ id = "", enabled, prefix, abortIncompleteMultipartUploadDays, ...rule }): LifecycleRule => ({
      id,
      status: enabled ? "Enabled" : "Disabled",
      filter: { prefix },
      expiration: rule.expiration,
      abortIncompleteMultipartUpload:
        abortIncompleteMultipartUploadDays === undefined
          ? undefined
          : { daysAfterInitiation: abortIncompleteMultipartUploadDays },
      noncurrentVersionExpiration: rule.noncurrentVersionExpiration && {
        noncurrentDays: rule.noncurrentVersionExpiration.days ?? 1,
      },
    }),
  );
  const beside = stack.referring(bucket, LIFECYCLE, "bucket").flatMap(({ props }) => props.rules ?? []);
  return [...own, ...beside].filter(({ status }) => status === "Enabled");
}

/** Whether a lifecycle rule is for every object of its bucket. */
export function isForAllObjects({ filter, prefix }: LifecycleRule): boolean {
  const { and, ...own } = filter ?? {};
  return ![prefix, ...Object.values(own), ...Object.values(and ?? {})].some(Boolean);
}
