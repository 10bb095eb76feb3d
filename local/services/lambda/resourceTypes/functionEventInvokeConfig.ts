import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { nested, required, served } from "../../../resources/treatment";
import { known, preview } from "../../../resources/value";
import type { LambdaService } from "../lambdaService";
import { functionNameOf, parseFunctionName } from "../parseFunctionName";

/** How Lambda retries a function's asynchronous requests, and where it keeps records of those that fail. */
export const functionEventInvokeConfig = defineType<
  typeof aws.lambda.FunctionEventInvokeConfig,
  LambdaService
>("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", {
  properties: {
    destinationConfig: nested({
      onFailure: nested({ destination: required }),
      onSuccess: nested({ destination: required }),
    }),
    functionName: required,
    maximumEventAgeInSeconds: served,
    maximumRetryAttempts: served,
    qualifier: served,
    region: served,
  },
  replaceOn: ["functionName", "qualifier"],
  deletedWith: { type: "aws:lambda/function:Function", property: "functionName" },
  check(inputs) {
    const attempts = known(inputs.maximumRetryAttempts) ?? 2;
    if (attempts < 0 || attempts > 2) throw new Error("`maximumRetryAttempts` must be 0, 1 or 2");
    const age = known(inputs.maximumEventAgeInSeconds) ?? 60;
    if (age < 60 || age > 21_600) throw new Error("`maximumEventAgeInSeconds` must be 60 to 21600");
    const { onFailure, onSuccess } = known(inputs.destinationConfig) ?? {};
    checkDestination("onFailure", known(known(onFailure)?.destination));
    checkDestination("onSuccess", known(known(onSuccess)?.destination));
  },
  outputs(inputs) {
    const functionName = functionNameOf(inputs.functionName);
    const { qualifier } = inputs;
    return {
      maximumRetryAttempts: inputs.maximumRetryAttempts ?? 2,
      id: qualifier === undefined ? functionName : preview`${functionName}:${qualifier}`,
    };
  },
  async create({ inputs }, lambda) {
    const { functionName, qualifier } = parseFunctionName(inputs.functionName);
    await lambda.putEventInvokeConfig(functionName, inputs.qualifier ?? qualifier, {
      maximumRetryAttempts: inputs.maximumRetryAttempts,
      maximumEventAgeInSeconds: inputs.maximumEventAgeInSeconds,
      onFailure: inputs.destinationConfig?.onFailure?.destination,
    });
    return undefined;
  },
  async delete({ inputs }, lambda) {
    const { functionName, qualifier } = parseFunctionName(inputs.functionName);
    lambda.deleteEventInvokeConfig(functionName, inputs.qualifier ?? qualifier);
  },
});

/** Destinations that the local cloud does not have, by the service in their ARN. */
const OTHER_KINDS = new Map([
  ["events", "EventBridge"],
  ["lambda", "Lambda"],
  ["sns", "SNS"],
  ["sqs", "SQS"],
]);

/**
 * Lambda takes a bucket for failures only.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
function checkDestination(property: "onFailure" | "onSuccess", destination: string | undefined): void {
  if (destination === undefined) return;
  const name = `\`destinationConfig.${property}.destination\``;
  const [, , service = ""] = destination.split(":");
  const other = OTHER_KINDS.get(service);
  if (other !== undefined) {
    throw new Error(`${name} is in ${other}, and the local cloud sends records to S3 buckets only`);
  }
  if (!/^arn:aws[a-z-]*:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(destination)) {
    throw new Error(
      `${name} "${destination}" must be the ARN of an SQS queue, SNS topic, S3 bucket, Lambda function or event bus`,
    );
  }
  if (property === "onSuccess") {
    throw new Error(`${name} is an S3 bucket, to which Lambda sends records of failures only`);
  }
}
