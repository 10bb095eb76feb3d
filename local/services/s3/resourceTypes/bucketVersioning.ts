import type { types } from "@pulumi/aws";
import { bucketSetting } from "./bucketSetting";

type Configuration = types.output.s3.BucketVersioningVersioningConfiguration;

export const bucketVersioning = bucketSetting({
  type: "aws:s3/bucketVersioning:BucketVersioning",
  inputs: ["expectedBucketOwner", "mfa", "versioningConfiguration"],
  settings: ({ versioningConfiguration }) => {
    const { status } = versioningConfiguration as Configuration;
    return { versioning: status === "Enabled" || status === "Suspended" ? status : undefined };
  },
  // Versions are never forgotten: AWS can only suspend them.
  unset: { versioning: "Suspended" },
});
