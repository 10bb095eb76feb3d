import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { invokeArn } from "../invokeArn";
import { parseFunctionName } from "../parseFunctionName";

/** A name for a function's version. */
export const alias: LegacyResourceType<Cloud> = {
  type: "aws:lambda/alias:Alias",
  inputs: ["description", "functionName", "functionVersion", "name", "region", "routingConfig"],
  replaceOn: ["functionName", "name", "region"],
  autoName: { property: "name", maxLength: 128, within: "functionName" },
  check(inputs) {
    const name = read.text(inputs, "name");
    if (name !== undefined && (!/^[A-Za-z0-9_-]{1,128}$/.test(name) || /^\d+$/.test(name))) {
      throw new Error(
        `\`name\` "${name}" must be letters, digits, hyphens and underscores, and not a number`,
      );
    }
  },
  outputs(inputs, resource, place) {
    const name = read.text(inputs, "name") ?? resource.name;
    const region = read.text(inputs, "region") ?? place.region;
    const { functionName } = parseFunctionName(read.required(inputs, "functionName"));
    const arn = `arn:aws:lambda:${region}:${place.accountId}:function:${functionName}:${name}`;
    return { ...inputs, id: arn, name, region, arn, invokeArn: invokeArn(arn, region) };
  },
  async create(resource, cloud) {
    const { functionName } = parseFunctionName(read.required(resource.inputs, "functionName"));
    const routing = read.object(resource.inputs, "routingConfig");
    cloud.lambda.putAlias(functionName, {
      name: read.required(resource.outputs, "name"),
      functionVersion: read.required(resource.inputs, "functionVersion"),
      additionalVersionWeights: read.object(routing, "additionalVersionWeights") as Record<string, number>,
    });
    return undefined;
  },
  async delete(resource, cloud) {
    const { functionName } = parseFunctionName(read.required(resource.inputs, "functionName"));
    cloud.lambda.deleteAlias(functionName, read.required(resource.outputs, "name"));
  },
};
