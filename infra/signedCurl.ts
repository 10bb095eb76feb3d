import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** curl that signs requests to function URLs with the credentials in the environment, temporary ones included. */
export function signedCurl(parent: pulumi.Resource): pulumi.Output<string> {
  const { region } = aws.getRegionOutput({}, { parent });
  // Without a token the header is empty, and curl leaves it out.
  return pulumi.interpolate`curl --aws-sigv4 aws:amz:${region}:lambda --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" -H "x-amz-security-token: $AWS_SESSION_TOKEN"`;
}
