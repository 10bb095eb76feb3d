import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * Gives the functions in an existing VPC (settings `vpcId` and `privateSubnetIds`) the security groups that the
 * organization asks for, beside the stack's own: for its firewall, or its interface endpoints. Call it before the first
 * resource of `index.ts`.
 */
export function withSecurityGroups(securityGroupIds: readonly string[]): void {
  pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
    const args = props as aws.lambda.FunctionArgs;
    if (type !== "aws:lambda/function:Function" || args.vpcConfig === undefined) return undefined;
    const vpcConfig = pulumi.output(args.vpcConfig).apply((config) => ({
      ...config,
      securityGroupIds: [...(config?.securityGroupIds ?? []), ...securityGroupIds],
    }));
    return { props: { ...props, vpcConfig }, opts };
  });
}
