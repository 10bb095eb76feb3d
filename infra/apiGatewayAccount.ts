import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument } from "./policyDocument";
import type { Settings } from "./settings";

/**
 * The role by which API Gateway writes logs: one per account and region, so this stack owns it only where its
 * setting `accessLogs` says so.
 */
export class ApiGatewayAccount extends pulumi.ComponentResource {
  constructor(name: string, args: { readonly settings: Settings }, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:ApiGatewayAccount", name, {}, opts);
    const child = { parent: this };
    const role = new aws.iam.Role(
      name,
      {
        description: "API Gateway writes its logs",
        assumeRolePolicy: policyDocument({
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "apigateway.amazonaws.com" },
        }),
        tags: args.settings.tags,
      },
      child,
    );
    const attachment = new aws.iam.RolePolicyAttachment(
      name,
      {
        role: role.name,
        policyArn: "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
      },
      child,
    );
    // API Gateway checks that the role can write logs before it accepts it.
    new aws.apigateway.Account(name, { cloudwatchRoleArn: role.arn }, { ...child, dependsOn: [attachment] });
    this.registerOutputs();
  }
}
