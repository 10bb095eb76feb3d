import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { allow, policyDocument } from "../policyDocument";
import type { Settings } from "../settings";
import { DEPLOYMENT_CONFIGS } from "./release";
import type { ReleaseApplication } from "./releaseApplication";

export interface FunctionReleasesArgs {
  readonly settings: Settings;
  readonly releases: ReleaseApplication;
  readonly aliasArn: pulumi.Input<string>;
  /** A release is rolled back while one of them is in alarm. */
  readonly alarms: readonly aws.cloudwatch.MetricAlarm[];
}

/** How CodeDeploy moves a function's alias to a new version; `npm run release` starts it. */
export class FunctionReleases extends pulumi.ComponentResource {
  constructor(name: string, args: FunctionReleasesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:FunctionReleases", name, {}, opts);
    const { settings, releases, aliasArn, alarms } = args;
    if (settings.release === "all") throw new Error(`FunctionReleases "${name}": \`release\` is "all"`);
    const child = { parent: this };
    const permissions = new aws.iam.RolePolicy(
      `${name}-releases`,
      {
        role: releases.role.id,
        policy: policyDocument(
          allow({
            actions: ["lambda:GetAlias", "lambda:UpdateAlias", "lambda:GetProvisionedConcurrencyConfig"],
            resources: [aliasArn],
          }),
        ),
      },
      child,
    );
    new aws.codedeploy.DeploymentGroup(
      name,
      {
        appName: releases.application.name,
        deploymentGroupName: name,
        deploymentConfigName: `CodeDeployDefault.${DEPLOYMENT_CONFIGS[settings.release]}`,
        deploymentStyle: { deploymentType: "BLUE_GREEN", deploymentOption: "WITH_TRAFFIC_CONTROL" },
        serviceRoleArn: releases.role.arn,
        alarmConfiguration: { enabled: alarms.length > 0, alarms: alarms.map((alarm) => alarm.name) },
        autoRollbackConfiguration: {
          enabled: true,
          events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
        },
        tags: settings.tags,
      },
      { ...child, dependsOn: [permissions] },
    );
    this.registerOutputs();
  }
}
