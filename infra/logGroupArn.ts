import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * Builds a log group's ARN from its name: unlike the resource's output, it is known before the first deployment, and
 * with it the policies of the roles that write there.
 */
export function logGroupArn(
  logGroup: aws.cloudwatch.LogGroup,
  opts: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const { region } = aws.getRegionOutput({}, opts);
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  return pulumi.interpolate`arn:aws:logs:${region}:${accountId}:log-group:${logGroup.name}`;
}
