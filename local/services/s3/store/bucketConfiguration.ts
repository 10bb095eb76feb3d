import type * as s3 from "@aws-sdk/client-s3";

/** A type of the SDK's that nobody changes. */
type Frozen<T> = T extends Date
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Frozen<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Frozen<T[Key]> }
      : T;

export type CorsRule = Frozen<s3.CORSRule>;
export type LifecycleRule = Frozen<s3.LifecycleRule>;
export type LambdaFunctionConfiguration = Frozen<s3.LambdaFunctionConfiguration>;

/** How S3 says that an object is encrypted; on this machine's disk it is not. */
export interface Encryption {
  readonly algorithm: s3.ServerSideEncryption;
  readonly kmsKeyId?: string;
  readonly bucketKeyEnabled?: boolean;
}

/** A bucket's settings, in the SDK's types. */
export interface BucketConfiguration {
  readonly name: string;
  /** ISO 8601. */
  readonly creationDate: string;
  /** Never set and `Suspended` differ as on AWS: the first bucket has no versions at all. */
  readonly versioning?: s3.BucketVersioningStatus;
  /** The encryption of objects whose request names none. @default AES256 */
  readonly defaultEncryption?: Encryption;
  readonly corsRules?: readonly CorsRule[];
  /** JSON. */
  readonly policy?: string;
  readonly lifecycleRules?: readonly LifecycleRule[];
  readonly lambdaFunctionConfigurations?: readonly LambdaFunctionConfiguration[];
  /** @default everything is blocked, as in a new bucket */
  readonly publicAccessBlock?: Readonly<s3.PublicAccessBlockConfiguration>;
  readonly tags?: Readonly<Record<string, string>>;
}
