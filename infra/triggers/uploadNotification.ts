import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { InferenceFunction } from "../inferenceFunction";
import type { Grant } from "../policyDocument";

interface SourceBucket {
  /** Name. */
  readonly bucket: pulumi.Input<string>;
  readonly arn: pulumi.Input<string>;
}

export interface UploadNotificationArgs {
  readonly source: SourceBucket;
  readonly function: InferenceFunction;
  /** Objects whose keys begin with this. */
  readonly prefix: string;
  /** Objects whose keys end with one of these. @default all */
  readonly suffixes?: readonly string[];
  /** Resources that have to be there before the first upload, beside the function. */
  readonly dependsOn?: readonly pulumi.Resource[];
}

/**
 * Has S3 invoke a function's alias for each object that is created: the bucket's one notification, and its permission. No
 * component: its resources are the caller's own.
 */
export function notifyOfUploads(
  name: string,
  { source, function: fn, prefix, suffixes = [], dependsOn = [] }: UploadNotificationArgs,
  parent: pulumi.Resource,
): void {
  const permission = new aws.lambda.Permission(
    name,
    {
      function: fn.alias.functionName,
      qualifier: fn.alias.name,
      action: "lambda:InvokeFunction",
      principal: "s3.amazonaws.com",
      sourceArn: source.arn,
      // A bucket's ARN does not contain its owner, and a deleted bucket's name can be taken by anyone.
      sourceAccount: aws.getCallerIdentityOutput({}, { parent }).accountId,
    },
    { parent, deletedWith: fn.function },
  );
  const trigger = {
    lambdaFunctionArn: fn.alias.arn,
    events: ["s3:ObjectCreated:*"],
    filterPrefix: prefix,
  };
  new aws.s3.BucketNotification(
    name,
    {
      bucket: source.bucket,
      lambdaFunctions:
        suffixes.length === 0 ? [trigger] : suffixes.map((filterSuffix) => ({ ...trigger, filterSuffix })),
    },
    // All of the function: its failure destination must work from the first upload on.
    { parent, dependsOn: [permission, fn, ...dependsOn] },
  );
}

/** Permission to see that an object is missing: without it a missing object looks like a forbidden one. */
export function findObjects(bucketArn: pulumi.Input<string>, prefix: string): Grant {
  return {
    actions: ["s3:ListBucket"],
    resources: [bucketArn],
    condition: { StringLike: { "s3:prefix": [`${prefix}*`] } },
  };
}
