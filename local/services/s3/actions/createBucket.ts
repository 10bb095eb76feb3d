import type { CreateBucketRequest } from "@aws-sdk/client-s3";
import { defineAction } from "../action";
import { bucketArn } from "../listing";
import { NEW_BUCKET } from "../parameters";
import { S3Error } from "../s3Error";
import { isBucketName } from "../store/s3Store";
import { checkAcl } from "../wire/acl";

/**
 * Buckets are declared, and this makes none: clients such as rclone create the bucket that they write to, and S3 then
 * answers that it is there.
 */
export const createBucket = defineAction<CreateBucketRequest>("CreateBucket", NEW_BUCKET, async (call) => {
  const { request, store, options } = call;
  const name = request.bucket ?? "";
  if (!isBucketName(name)) throw new S3Error("InvalidBucketName", { details: { BucketName: name } });
  const bucket = store.find(name);
  if (!bucket) {
    throw new S3Error("AccessDenied", {
      message: `The local S3 makes only the buckets that the program declares: declare "${name.slice(0, 63)}" as an aws.s3.Bucket in the stack.`,
    });
  }
  await call.require("s3:CreateBucket", { bucket });
  checkAcl(request);
  if (options.region !== "us-east-1") {
    throw new S3Error("BucketAlreadyOwnedByYou", { details: { BucketName: name } });
  }
  return { headers: { location: `/${name}`, "x-amz-bucket-arn": bucketArn(name) } };
});
