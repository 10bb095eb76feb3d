import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { nested, required, served } from "../../../resources/treatment";
import { known, preview } from "../../../resources/value";
import { invokeArn } from "../invokeArn";
import type { LambdaService } from "../lambdaService";
import { functionNameOf, parseFunctionName } from "../parseFunctionName";

/** A name for a function's version. */
export const alias = defineType<typeof aws.lambda.Alias, LambdaService>("aws:lambda/alias:Alias", {
  properties: {
    description: served,
    functionName: required,
    functionVersion: required,
    name: served,
    region: served,
    routingConfig: nested({ additionalVersionWeights: served }),
  },
  replaceOn: ["functionName", "name"],
  autoName: { property: "name", maxLength: 128, within: "functionName" },
  deletedWith: { type: "aws:lambda/function:Function", property: "functionName" },
  check(inputs) {
    const name = known(inputs.name);
    if (name !== undefined && (!/^[A-Za-z0-9_-]{1,128}$/.test(name) || /^\d+$/.test(name))) {
      throw new Error(
        `\`name\` "${name}" must be letters, digits, hyphens and underscores, and not a number`,
      );
    }
    const weights = known(known(inputs.routingConfig)?.additionalVersionWeights) ?? {};
    for (const [version, weight] of Object.entries(weights)) {
      if (typeof weight === "number" && (weight < 0 || weight > 1)) {
        throw new Error(
          `\`routingConfig.additionalVersionWeights\` gives version ${version} ${weight}; Lambda takes 0 to 1`,
        );
      }
    }
  },
  outputs(inputs, resource, place) {
    const name = inputs.name ?? resource.name;
    const { region } = place;
    const functionName = functionNameOf(inputs.functionName);
    const arn = preview`arn:aws:lambda:${region}:${place.accountId}:function:${functionName}:${name}`;
    return {
      id: arn,
      name,
      arn,
      invokeArn: invokeArn(arn, region),
    };
  },
  async create({ inputs, outputs }, lambda) {
    lambda.putAlias(parseFunctionName(inputs.functionName).functionName, {
      name: outputs.name,
      functionVersion: inputs.functionVersion,
      description: inputs.description,
      additionalVersionWeights: inputs.routingConfig?.additionalVersionWeights,
    });
    return undefined;
  },
  async delete({ inputs, outputs }, lambda) {
    lambda.deleteAlias(parseFunctionName(inputs.functionName).functionName, outputs.name);
  },
});
