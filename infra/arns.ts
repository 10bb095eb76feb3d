import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** ARNs that are known before the first deployment, unlike the outputs of resources; the partition is AWS's own word. */

/** Builds the ARN of a resource in the stack's account and region. */
export function regionalArn(
  service: string,
  resource: pulumi.Input<string>,
  opts: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const { region } = aws.getRegionOutput({}, opts);
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  return pulumi.interpolate`arn:${partition(opts)}:${service}:${region}:${accountId}:${resource}`;
}

/** Builds a log group's ARN from its name. */
export function logGroupArn(
  logGroup: aws.cloudwatch.LogGroup,
  opts: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  return regionalArn("logs", pulumi.interpolate`log-group:${logGroup.name}`, opts);
}

/** Builds a bucket's ARN from its name. */
export function bucketArn(
  bucket: pulumi.Input<string>,
  opts: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  return pulumi.interpolate`arn:${partition(opts)}:s3:::${bucket}`;
}

/** Builds the ARN of a policy that AWS manages. */
export function managedPolicyArn(name: string, opts: pulumi.InvokeOutputOptions): pulumi.Output<string> {
  return pulumi.interpolate`arn:${partition(opts)}:iam::aws:policy/${name}`;
}

/** `aws`, `aws-cn`, `aws-us-gov`, … */
function partition(opts: pulumi.InvokeOutputOptions): pulumi.Output<string> {
  return aws.getPartitionOutput({}, opts).partition;
}
