import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { bucketArn } from "./arns";
import { SecureBucket, type SecureBucketArgs } from "./secureBucket";
import type { Settings } from "./settings";

export interface ModelBucketArgs {
  readonly settings: Settings;
}

/** The bucket with models: the stack's own, or an existing one (settings `dataBucket` and `modelPath`), then none is made. */
export class ModelBucket extends pulumi.ComponentResource {
  /** Name. */
  readonly bucket: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  readonly existing: Settings["existingModels"];

  constructor(name: string, { settings }: ModelBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:ModelBucket", name, {}, opts);
    this.existing = settings.existingModels;
    if (this.existing) {
      this.bucket = pulumi.output(this.existing.dataBucket);
      this.arn = bucketArn(this.bucket, { parent: this });
    } else {
      const { arn, name: versioned } = new SecureBucket(
        name,
        { settings, forceDestroy: settings.forceDestroy, statements: reviewedAliases(settings) },
        { parent: this },
      );
      this.bucket = versioned;
      this.arn = arn;
    }
    this.registerOutputs({ bucket: this.bucket });
  }

  /**
   * Uploads a demonstration model. Does nothing if the bucket is not the stack's own.
   *
   * @param owner  Name of the endpoint it belongs to.
   * @param file  Absolute path; a changed file is uploaded again.
   * @param metadata  Metadata of the object. @default none
   */
  upload(
    owner: string,
    key: string,
    file: string,
    parent: pulumi.Resource,
    metadata?: Readonly<Record<string, string>>,
  ): void {
    if (this.existing) return;
    new aws.s3.BucketObjectv2(
      `${owner}-${key.replaceAll("/", "-")}`,
      { bucket: this.bucket, key, source: new pulumi.asset.FileAsset(file), metadata },
      // An object from before versioning has no version, and leaves a delete marker behind when the stack is destroyed.
      { parent, dependsOn: [this] },
    );
  }
}

/** Denies changes of which versions of models answer to everyone but the role that deploys the stack. */
function reviewedAliases({ aliasesRole }: Settings): SecureBucketArgs["statements"] {
  if (aliasesRole === undefined) return undefined;
  return (arn) => [
    {
      Sid: "ReviewedAliases",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: [pulumi.interpolate`${arn}/models/*/aliases.json`],
      Condition: { ArnNotEquals: { "aws:PrincipalArn": aliasesRole } },
    },
  ];
}
