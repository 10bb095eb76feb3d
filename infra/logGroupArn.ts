import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * A log group's ARN, made from its name: unlike AWS's own answer it is known before the first deployment, and with it
 * the policies of the roles that write there.
 */
export function logGroupArn(
  logGroup: aws.cloudwatch.LogGroup,
  opts: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const { region } = aws.getRegionOutput({}, opts);
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  return pulumi.interpolate`arn:aws:logs:${region}:${accountId}:log-group:${logGroup.name}`;
}
