import type { HeadBucketRequest } from "@aws-sdk/client-s3";
import { defineAction } from "../action";
import { bucketArn } from "../listing";
import { BUCKET } from "../parameters";

export const headBucket = defineAction<HeadBucketRequest>("HeadBucket", BUCKET, async (call) => {
  await call.require("s3:ListBucket");
  return {
    headers: {
      "content-type": "application/xml",
      "x-amz-access-point-alias": "false",
      "x-amz-bucket-arn": bucketArn(call.bucket.name),
      "x-amz-bucket-region": call.options.region,
    },
  };
});
