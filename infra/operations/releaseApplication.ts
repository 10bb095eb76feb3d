import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { regionalArn } from "../arns";
import { allow, policyDocument } from "../policyDocument";
import { createServiceRole } from "../serviceRole";
import type { Settings } from "../settings";

/** CodeDeploy's application of the stack, and the role by which it shifts aliases. */
export class ReleaseApplication extends pulumi.ComponentResource {
  readonly application: aws.codedeploy.Application;
  readonly role: aws.iam.Role;

  constructor(name: string, { settings }: { settings: Settings }, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:ReleaseApplication", name, {}, opts);
    const child = { parent: this };
    this.application = new aws.codedeploy.Application(
      name,
      { computePlatform: "Lambda", tags: settings.tags },
      child,
    );
    const { accountId } = aws.getCallerIdentityOutput({}, child);
    this.role = createServiceRole(
      name,
      {
        settings,
        description: "CodeDeploy shifts aliases from one version to the next",
        service: "codedeploy.amazonaws.com",
        condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
      child,
    );
    new aws.iam.RolePolicy(
      name,
      {
        role: this.role.id,
        policy: policyDocument(
          allow({
            actions: ["cloudwatch:DescribeAlarms"],
            resources: [regionalArn("cloudwatch", "alarm:*", child)],
          }),
        ),
      },
      child,
    );
    this.registerOutputs({ application: this.application.name });
  }
}
