import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { required, served } from "../../../resources/treatment";
import { known, preview } from "../../../resources/value";
import type { LambdaService } from "../lambdaService";
import { functionNameOf, parseFunctionName } from "../parseFunctionName";

/** Instances of a version or alias that are started ahead and kept; here never more than the machine has cores. */
export const provisionedConcurrencyConfig = defineType<
  typeof aws.lambda.ProvisionedConcurrencyConfig,
  LambdaService
>("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", {
  properties: {
    functionName: required,
    provisionedConcurrentExecutions: required,
    qualifier: required,
    region: served,
    skipDestroy: served,
  },
  replaceOn: ["functionName", "qualifier"],
  deletedWith: { type: "aws:lambda/function:Function", property: "functionName" },
  check({ qualifier, provisionedConcurrentExecutions }) {
    if (qualifier === "$LATEST") {
      throw new Error("`qualifier` must be a version or alias: Lambda provisions nothing for $LATEST");
    }
    if ((known(provisionedConcurrentExecutions) ?? 1) < 1) {
      throw new Error("`provisionedConcurrentExecutions` must be 1 or more");
    }
  },
  outputs(inputs) {
    return {
      id: preview`${functionNameOf(inputs.functionName)},${inputs.qualifier}`,
    };
  },
  async create({ inputs }, lambda) {
    const { functionName } = parseFunctionName(inputs.functionName);
    await lambda.provision(functionName, inputs.qualifier, inputs.provisionedConcurrentExecutions);
    return undefined;
  },
  async delete({ inputs }, lambda) {
    if (inputs.skipDestroy) return;
    await lambda.provision(parseFunctionName(inputs.functionName).functionName, inputs.qualifier, 0);
  },
});
