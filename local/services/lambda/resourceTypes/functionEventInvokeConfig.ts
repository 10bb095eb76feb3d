import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { checkDestinations } from "../checkDestinations";
import { parseFunctionName } from "../parseFunctionName";

/** How a function's asynchronous requests are tried again, and where the records of those go that fail. */
export const functionEventInvokeConfig: LegacyResourceType<Cloud> = {
  type: "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
  inputs: [
    "destinationConfig",
    "functionName",
    "maximumEventAgeInSeconds",
    "maximumRetryAttempts",
    "qualifier",
    "region",
  ],
  replaceOn: ["functionName", "qualifier", "region"],
  check(inputs) {
    const attempts = read.number(inputs, "maximumRetryAttempts") ?? 2;
    if (attempts < 0 || attempts > 2) throw new Error("`maximumRetryAttempts` must be 0, 1 or 2");
    const age = read.number(inputs, "maximumEventAgeInSeconds") ?? 60;
    if (age < 60 || age > 21_600) throw new Error("`maximumEventAgeInSeconds` must be 60 to 21600");
    checkDestinations(read.object(inputs, "destinationConfig"));
  },
  outputs(inputs, _resource, place) {
    const { functionName } = parseFunctionName(read.required(inputs, "functionName"));
    const qualifier = read.text(inputs, "qualifier");
    return {
      maximumRetryAttempts: 2,
      ...inputs,
      id: qualifier === undefined ? functionName : `${functionName}:${qualifier}`,
      region: read.text(inputs, "region") ?? place.region,
    };
  },
  async create({ inputs }, cloud) {
    const { functionName, qualifier } = parseFunctionName(read.required(inputs, "functionName"));
    const onFailure = read.object(read.object(inputs, "destinationConfig"), "onFailure");
    await cloud.lambda.putEventInvokeConfig(functionName, read.text(inputs, "qualifier") ?? qualifier, {
      maximumRetryAttempts: read.number(inputs, "maximumRetryAttempts"),
      maximumEventAgeInSeconds: read.number(inputs, "maximumEventAgeInSeconds"),
      onFailure: read.text(onFailure, "destination"),
    });
    return undefined;
  },
  async delete({ inputs }, cloud) {
    const { functionName, qualifier } = parseFunctionName(read.required(inputs, "functionName"));
    cloud.lambda.deleteEventInvokeConfig(functionName, read.text(inputs, "qualifier") ?? qualifier);
  },
};
