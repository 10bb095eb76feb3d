import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { SecureBucket } from "./secureBucket";
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
      this.arn = pulumi.interpolate`arn:aws:s3:::${this.bucket}`;
    } else {
      const { arn, name: versioned } = new SecureBucket(
        name,
        { settings, forceDestroy: settings.forceDestroy },
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
