import type { PutBucketAclRequest, PutObjectAclRequest } from "@aws-sdk/client-s3";
import { served } from "../../../resources/treatment";
import { defineAction } from "../action";
import type { Call } from "../call";
import { findTagged } from "../findVersion";
import { ACCESS_CONTROL, BUCKET, OBJECT } from "../parameters";
import { S3Error } from "../s3Error";
import { checkAcl } from "../wire/acl";

export const putObjectAcl = defineAction<PutObjectAclRequest>(
  "PutObjectAcl",
  { ...OBJECT, ...ACCESS_CONTROL, VersionId: served },
  async (call) => {
    await findTagged(call, "PutObjectAcl");
    return rejectAcl(call);
  },
);

export const putBucketAcl = defineAction<PutBucketAclRequest>(
  "PutBucketAcl",
  { ...BUCKET, ...ACCESS_CONTROL },
  async (call) => {
    await call.require("s3:PutBucketAcl", { bucket: call.bucket });
    return rejectAcl(call);
  },
);

/**
 * Buckets enforce their owner, which is AWS's default: whatever the ACL says, they take none.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
function rejectAcl({ request }: Call): never {
  checkAcl(request);
  throw new S3Error("AccessControlListNotSupported");
}
