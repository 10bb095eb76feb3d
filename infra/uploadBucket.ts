import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Grant } from "./policyDocument";
import { SecureBucket } from "./secureBucket";
import type { Settings } from "./settings";

export interface UploadBucketArgs {
  readonly settings: Settings;
}

/** An endpoint's access to uploads: `read-write` is for one that hands out presigned URLs or stores results. */
export type UploadAccess = "read" | "read-write";

/** Bucket for what is too large for a request: private, with objects that expire. */
export class UploadBucket extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;

  readonly arn: pulumi.Output<string>;

  constructor(name: string, { settings }: UploadBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:UploadBucket", name, {}, opts);
    const child = { parent: this };
    // Callers have the originals.
    const lifetime = { expirationDays: settings.uploadDays, noncurrentDays: 1, forceDestroy: true };
    ({ bucket: this.bucket, arn: this.arn } = new SecureBucket(name, { settings, ...lifetime }, child));
    if (settings.corsOrigins.length > 0) {
      new aws.s3.BucketCorsConfiguration(
        name,
        {
          bucket: this.bucket.bucket,
          corsRules: [
            {
              allowedOrigins: [...settings.corsOrigins],
              allowedMethods: ["GET", "HEAD", "PUT"],
              allowedHeaders: ["*"],
              exposeHeaders: ["ETag"],
              maxAgeSeconds: 3600,
            },
          ],
        },
        { ...child, deletedWith: this.bucket },
      );
    }
    this.registerOutputs({ bucket: this.bucket.bucket });
  }

  /** Creates name and permissions for an endpoint in one place, so that they cannot drift apart. */
  grant(access: UploadAccess): {
    readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
    readonly permissions: readonly Grant[];
  } {
    const actions = access === "read" ? ["s3:GetObject"] : ["s3:GetObject", "s3:PutObject"];
    return {
      environment: { UPLOAD_BUCKET: this.bucket.bucket },
      permissions: [
        { actions, resources: [pulumi.interpolate`${this.arn}/*`] },
        // Without this permission a missing object looks like a forbidden one. Any key can be requested.
        { actions: ["s3:ListBucket"], resources: [this.arn] },
      ],
    };
  }
}
