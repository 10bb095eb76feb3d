import { known, type PreviewOf } from "../../../resources/value";
import { S3Error } from "../s3Error";
import type { S3Service } from "../s3Service";
import type { BucketConfiguration } from "../store/bucketConfiguration";

/** Properties that every setting of a bucket has; only some types have an owner. */
interface SettingInputs {
  readonly bucket: string;
  readonly expectedBucketOwner?: string;
  readonly region?: string;
}

type Settings = Partial<Omit<BucketConfiguration, "name" | "creationDate">>;

/**
 * Makes a resource out of settings of a bucket.
 *
 * @param settings  What the inputs mean for the bucket.
 * @param unset     What is left when the resource is deleted.
 */
export function setting<Inputs extends SettingInputs>(
  settings: (inputs: Inputs) => Settings,
  unset: Settings,
) {
  return {
    deletedWith: { type: "aws:s3/bucket:Bucket", property: "bucket" } as const,
    outputs(inputs: PreviewOf<Inputs>) {
      return { id: settingId(inputs) };
    },
    async create({ inputs }: { readonly inputs: Inputs }, s3: S3Service): Promise<undefined> {
      await s3.configureBucket(inputs.bucket, settings(inputs), inputs.expectedBucketOwner);
    },
    async delete({ inputs }: { readonly inputs: Inputs }, s3: S3Service): Promise<void> {
      try {
        await s3.configureBucket(inputs.bucket, unset, inputs.expectedBucketOwner);
      } catch (error) {
        // Where the bucket is gone, its settings are too.
        if (!(error instanceof S3Error && error.code === "NoSuchBucket")) throw error;
      }
    },
  };
}

/** AWS identifies a setting by its bucket, and by the bucket's owner if that is given. */
export function settingId({
  bucket,
  expectedBucketOwner,
}: Pick<PreviewOf<SettingInputs>, "bucket" | "expectedBucketOwner">): string {
  return [bucket, expectedBucketOwner]
    .map((part) => known(part))
    .filter((part) => part !== undefined)
    .join(",");
}
