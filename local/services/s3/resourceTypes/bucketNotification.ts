import type { Event, FilterRule, LambdaFunctionConfiguration } from "@aws-sdk/client-s3";
import type { types } from "@pulumi/aws";
import { bucketSetting } from "./bucketSetting";

type Target = types.output.s3.BucketNotificationLambdaFunction;

export const bucketNotification = bucketSetting({
  type: "aws:s3/bucketNotification:BucketNotification",
  inputs: ["eventbridge", "lambdaFunctions", "queues", "topics"],
  check(inputs) {
    const other = ["eventbridge", "queues", "topics"].find((property) => inputs[property]);
    if (other) throw new Error(`the local cloud has no \`${other}\`; use \`lambdaFunctions\`.`);
  },
  settings: ({ lambdaFunctions = [] }) => ({
    lambdaFunctionConfigurations: (lambdaFunctions as readonly Target[]).map(toConfiguration),
  }),
  unset: { lambdaFunctionConfigurations: undefined },
});

function toConfiguration(target: Target, i: number): LambdaFunctionConfiguration {
  const rules: FilterRule[] = [];
  if (target.filterPrefix) rules.push({ Name: "prefix", Value: target.filterPrefix });
  if (target.filterSuffix) rules.push({ Name: "suffix", Value: target.filterSuffix });
  return {
    Id: target.id ?? `tf-s3-lambda-${i}`,
    LambdaFunctionArn: target.lambdaFunctionArn,
    Events: target.events as Event[],
    Filter: { Key: { FilterRules: rules } },
  };
}
