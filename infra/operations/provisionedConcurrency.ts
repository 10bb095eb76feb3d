import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings";

export interface ProvisionedConcurrencyArgs {
  readonly settings: Settings;
  readonly alias: aws.lambda.Alias;
}

/** Utilisation that scaling by use keeps, as AWS's guide recommends; it comes minutes after the use. */
const TARGET_UTILIZATION = 0.7;

/**
 * Instances of the alias that are started before a request needs them: a fixed number, or scaled by use, by schedule, or
 * both. Always of the alias: instances of a version would stay with it, and be paid for, when the alias moves on.
 */
export class ProvisionedConcurrency extends pulumi.ComponentResource {
  constructor(name: string, args: ProvisionedConcurrencyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:ProvisionedConcurrency", name, {}, opts);
    const { settings, alias } = args;
    const { instances, maxInstances, schedules } = settings.provisionedConcurrency;
    const child = { parent: this };
    const isScaled = maxInstances > instances || schedules.length > 0;
    const config = new aws.lambda.ProvisionedConcurrencyConfig(
      name,
      {
        functionName: alias.functionName,
        qualifier: alias.name,
        provisionedConcurrentExecutions: instances,
      },
      {
        ...child,
        // What scaling has set last is not this program's: each `pulumi up` would shrink it, and throttle.
        ...(isScaled && { ignoreChanges: ["provisionedConcurrentExecutions"] }),
      },
    );
    if (isScaled) {
      const target = new aws.appautoscaling.Target(
        name,
        {
          serviceNamespace: "lambda",
          scalableDimension: "lambda:function:ProvisionedConcurrency",
          resourceId: pulumi.interpolate`function:${alias.functionName}:${alias.name}`,
          minCapacity: instances,
          maxCapacity: Math.max(instances, maxInstances, ...schedules.map((schedule) => schedule.instances)),
          tags: settings.tags,
        },
        // A schedule changes both numbers.
        {
          ...child,
          dependsOn: [config],
          ignoreChanges: schedules.length > 0 ? ["minCapacity", "maxCapacity"] : [],
        },
      );
      const scaled = {
        serviceNamespace: target.serviceNamespace,
        scalableDimension: target.scalableDimension,
        resourceId: target.resourceId,
      };
      const part = { ...child, deletedWith: target };
      if (maxInstances > instances) {
        new aws.appautoscaling.Policy(
          name,
          {
            ...scaled,
            policyType: "TargetTrackingScaling",
            targetTrackingScalingPolicyConfiguration: {
              targetValue: TARGET_UTILIZATION,
              predefinedMetricSpecification: {
                predefinedMetricType: "LambdaProvisionedConcurrencyUtilization",
              },
            },
          },
          part,
        );
      }
      for (const [index, { schedule, instances: scheduled }] of schedules.entries()) {
        new aws.appautoscaling.ScheduledAction(
          `${name}-${index + 1}`,
          {
            ...scaled,
            schedule,
            scalableTargetAction: { minCapacity: scheduled, maxCapacity: Math.max(scheduled, maxInstances) },
          },
          part,
        );
      }
    }
    this.registerOutputs();
  }
}
