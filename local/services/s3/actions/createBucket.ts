import type { CreateBucketRequest } from "@aws-sdk/client-s3";
import { defineAction } from "../action";
import type { Call } from "../call";
import { bucketArn } from "../listing";
import { NEW_BUCKET } from "../parameters";
import { S3Error } from "../s3Error";
import { isBucketName } from "../store/s3Store";
import { checkAcl } from "../wire/acl";
import { readXml } from "../wire/readXml";

/** Any region's name but that of the first, which none is asked for by; `EU` is an old name of eu-west-1. */
const REGION = /^(EU|(?!us-east-1$)[a-z]{2}(-[a-z]+)+-\d)$/;

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
  const { location, isTagged } = await readConfiguration(call);
  checkLocation(location, options.region);
  if (options.region !== "us-east-1" || location !== undefined || isTagged) {
    throw new S3Error("BucketAlreadyOwnedByYou", { details: { BucketName: name } });
  }
  return { headers: { location: `/${name}`, "x-amz-bucket-arn": bucketArn(name) } };
});

async function readConfiguration(call: Call): Promise<{ location?: string; isTagged: boolean }> {
  const text = await call.readText();
  if (text === "") return { isTagged: false };
  const configuration = readXml(text, "CreateBucketConfiguration");
  const location = configuration.get("LocationConstraint") || undefined;
  return { location, isTagged: configuration.all("Tags").some((tags) => tags.all("Tag").length > 0) };
}

/** Rejects a location that a request to this region's endpoint cannot ask for, as recorded. @throws S3Error */
function checkLocation(location: string | undefined, region: string): void {
  if (location === undefined) return;
  if (region === "us-east-1") {
    if (REGION.test(location)) return;
    throw new S3Error("InvalidLocationConstraint", {
      details: { LocationConstraint: location.slice(0, 100) },
    });
  }
  if (location === region || (location === "EU" && region === "eu-west-1")) return;
  throw new S3Error("IllegalLocationConstraintException", {
    message: `The ${location.slice(0, 100)} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  });
}
