import type {
  BucketVersioningStatus,
  CORSRule,
  LambdaFunctionConfiguration,
  LifecycleRule,
  ServerSideEncryption,
} from "@aws-sdk/client-s3";

/** A bucket's settings, in the SDK's types. */
export interface BucketConfiguration {
  readonly name: string;
  /** ISO 8601. */
  readonly creationDate: string;
  /** Never set and `Suspended` differ as on AWS: the first bucket has no versions at all. */
  readonly versioning?: BucketVersioningStatus;
  /** @default "AES256" */
  readonly encryption?: ServerSideEncryption;
  readonly corsRules?: readonly CORSRule[];
  /** JSON text. */
  readonly policy?: string;
  readonly lifecycleRules?: readonly LifecycleRule[];
  readonly lambdaFunctionConfigurations?: readonly LambdaFunctionConfiguration[];
}
