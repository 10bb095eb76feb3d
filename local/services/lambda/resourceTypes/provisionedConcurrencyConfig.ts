import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { parseFunctionName } from "../parseFunctionName";

/** Instances of a version or alias that are started ahead and kept; here never more than the machine has cores. */
export const provisionedConcurrencyConfig: LegacyResourceType<Cloud> = {
  type: "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig",
  inputs: ["functionName", "provisionedConcurrentExecutions", "qualifier", "region", "skipDestroy"],
  replaceOn: ["functionName", "qualifier", "region"],
  check(inputs) {
    if (inputs.qualifier === "$LATEST") {
      throw new Error("`qualifier` must be a version or alias: Lambda provisions nothing for $LATEST");
    }
    const count = read.number(inputs, "provisionedConcurrentExecutions") ?? 1;
    if (count < 1) throw new Error("`provisionedConcurrentExecutions` must be 1 or more");
  },
  outputs(inputs, _resource, place) {
    const { functionName } = parseFunctionName(read.required(inputs, "functionName"));
    return {
      ...inputs,
      id: `${functionName},${read.required(inputs, "qualifier")}`,
      region: read.text(inputs, "region") ?? place.region,
    };
  },
  async create({ inputs }, cloud) {
    const { functionName } = parseFunctionName(read.required(inputs, "functionName"));
    const count = read.number(inputs, "provisionedConcurrentExecutions") ?? 1;
    await cloud.lambda.provision(functionName, read.required(inputs, "qualifier"), count);
    return undefined;
  },
  async delete({ inputs }, cloud) {
    const { functionName } = parseFunctionName(read.required(inputs, "functionName"));
    await cloud.lambda.provision(functionName, read.required(inputs, "qualifier"), 0);
  },
};
