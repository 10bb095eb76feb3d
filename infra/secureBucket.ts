import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketArn } from "./arns";
import { policyDocument } from "./policyDocument";
import type { Settings } from "./settings";

export interface SecureBucketArgs {
  readonly settings: Pick<Settings, "tags" | "protect">;
  /** Days for which old versions of objects are kept. @default 30 */
  readonly noncurrentDays?: number;
  /** Days after which objects are deleted. @default never */
  readonly expirationDays?: number;
  /** More statements of its policy, made from its ARN. @default none */
  readonly statements?: ((arn: pulumi.Output<string>) => aws.iam.PolicyStatement[]) | undefined;
  /** Whether `pulumi destroy` may delete a bucket that still holds objects. @default false */
  readonly forceDestroy?: boolean;
}

/** A private bucket: versioned, encrypted, no public access, TLS only, unfinished uploads and old versions removed. */
export class SecureBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;
  /**
   * Built from the name: unlike the resource's output, it is known before the first deployment, and so are policies
   * with it.
   */
  readonly arn: pulumi.Output<string>;
  /** For objects of the stack: known once versions are kept, since one from before would stay behind when it is deleted. */
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: SecureBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:SecureBucket", name, {}, opts);
    const child = { parent: this };
    const { settings, forceDestroy = false } = args;
    this.bucket = new aws.s3.Bucket(
      name,
      { forceDestroy, tags: settings.tags },
      // The content of a bucket that a destroy can empty is reproducible.
      { ...child, protect: settings.protect && !forceDestroy },
    );
    const bucket = this.bucket.bucket;
    this.arn = bucketArn(bucket, child);
    // S3 deletes these with the bucket; deleting them first would open the bucket and stop its versioning.
    const setting = { ...child, deletedWith: this.bucket };

    const accessBlock = new aws.s3.BucketPublicAccessBlock(
      name,
      {
        bucket,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      setting,
    );
    new aws.s3.BucketOwnershipControls(
      name,
      { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
      setting,
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
      setting,
    );
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: "Enabled" } },
      setting,
    );
    new aws.s3.BucketPolicy(
      name,
      {
        bucket,
        policy: policyDocument(
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [this.arn, pulumi.interpolate`${this.arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
          ...(args.statements?.(this.arn) ?? []),
        ),
      },
      // S3 rejects two simultaneous changes of a bucket's access.
      { ...setting, dependsOn: [accessBlock] },
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          {
            id: "clean-up",
            status: "Enabled",
            filter: { prefix: "" },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
            noncurrentVersionExpiration: { noncurrentDays: args.noncurrentDays ?? 30 },
            expiration: args.expirationDays === undefined ? undefined : { days: args.expirationDays },
          },
        ],
      },
      { ...setting, dependsOn: [versioning] },
    );
    this.name = versioning.bucket;
    this.registerOutputs({ bucket });
  }
}
