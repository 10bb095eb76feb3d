import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "./settings";

/**
 * Creates a log group that outlives its stack where the settings protect data.
 *
 * A group that was kept holds its name. The name of its writer ends in random digits, and is a new one when what was
 * removed comes back: the group's name is made of it, so that nothing is in the way. Groups of older stacks, which had
 * fixed names, keep them.
 *
 * @param writer  Physical name of a resource that comes and goes with the group.
 */
export function createLogGroup(
  name: string,
  writer: pulumi.Output<string>,
  { project, stack, logRetentionDays, protect, tags }: Settings,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    name,
    {
      // Not under /aws/lambda/: Lambda recreates those without retention when a last line arrives after a destroy.
      name: pulumi.interpolate`/${project}/${stack}/${writer}`,
      retentionInDays: logRetentionDays,
      tags,
    },
    { ...opts, retainOnDelete: protect, ignoreChanges: ["name"] },
  );
}
