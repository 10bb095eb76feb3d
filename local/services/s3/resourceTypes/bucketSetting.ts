import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import type { Properties } from "../../../resources/value";
import { S3Error } from "../s3Error";
import type { BucketConfiguration } from "../store/bucketConfiguration";

type Settings = Partial<Omit<BucketConfiguration, "name" | "creationDate">>;

/**
 * A resource type that is one setting of a bucket. AWS identifies it by the bucket's name.
 * `settings` translates the inputs, `unset` is what is left when the resource is deleted.
 */
export function bucketSetting(options: {
  readonly type: string;
  /** Beside `bucket` and `region`. */
  readonly inputs: readonly string[];
  readonly check?: LegacyResourceType<Cloud>["check"];
  readonly defaults?: Properties;
  readonly settings: (inputs: Properties) => Settings;
  readonly unset: Settings;
}): LegacyResourceType<Cloud> {
  const configure = (properties: Properties, { s3 }: Cloud, settings: Settings) =>
    s3.configureBucket(String(properties.bucket), settings);
  return {
    type: options.type,
    inputs: ["bucket", ...options.inputs, "region"].sort(),
    replaceOn: ["bucket", "expectedBucketOwner", "region"].filter(
      (name) => name !== "expectedBucketOwner" || options.inputs.includes(name),
    ),
    check: options.check,
    outputs: (inputs, _resource, { region }) => ({
      region,
      ...options.defaults,
      ...inputs,
      id: [inputs.bucket, inputs.expectedBucketOwner].filter((part) => part !== undefined).join(","),
    }),
    async create({ inputs }, cloud) {
      await configure(inputs, cloud, options.settings(inputs));
      return undefined;
    },
    async delete({ inputs }, cloud) {
      try {
        await configure(inputs, cloud, options.unset);
      } catch (error) {
        // Where the bucket is gone, its settings are too.
        if (!(error instanceof S3Error && error.code === "NoSuchBucket")) throw error;
      }
    },
  };
}
