import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn } from "./arns";
import { createServiceRole } from "./serviceRole";
import type { Settings } from "./settings";

/**
 * The role by which API Gateway writes logs: one for the account's whole region, which is set only where the setting
 * `accessLogs` says so. It stays when the stack goes: Pulumi's delete would reset it for every API of the region.
 */
export class ApiGatewayAccount extends pulumi.ComponentResource {
  constructor(name: string, args: { readonly settings: Settings }, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:ApiGatewayAccount", name, {}, opts);
    const child = { parent: this, retainOnDelete: true };
    const role = createServiceRole(
      name,
      {
        settings: args.settings,
        description: "API Gateway writes its logs",
        service: "apigateway.amazonaws.com",
      },
      child,
    );
    const attachment = new aws.iam.RolePolicyAttachment(
      name,
      {
        role: role.name,
        policyArn: managedPolicyArn("service-role/AmazonAPIGatewayPushToCloudWatchLogs", { parent: this }),
      },
      child,
    );
    // API Gateway checks that the role can write logs before it accepts it.
    new aws.apigateway.Account(name, { cloudwatchRoleArn: role.arn }, { ...child, dependsOn: [attachment] });
    this.registerOutputs();
  }
}
