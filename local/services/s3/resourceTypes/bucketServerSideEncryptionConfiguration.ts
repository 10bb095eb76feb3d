import type { ServerSideEncryption } from "@aws-sdk/client-s3";
import type { types } from "@pulumi/aws";
import { bucketSetting } from "./bucketSetting";

type Rule = types.output.s3.BucketServerSideEncryptionConfigurationRule;

/** Objects say that they are encrypted, as declared; on this machine's disk they are not. */
export const bucketServerSideEncryptionConfiguration = bucketSetting({
  type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  inputs: ["expectedBucketOwner", "rules"],
  settings: ({ rules }) => {
    const [rule] = rules as readonly Rule[];
    return {
      encryption: rule?.applyServerSideEncryptionByDefault?.sseAlgorithm as ServerSideEncryption | undefined,
    };
  },
  unset: { encryption: undefined },
});
