import { createHash } from "node:crypto";
import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { checkUrlPermissions } from "../checkUrlPermissions";
import { parseFunctionName } from "../parseFunctionName";

/** A function's own HTTP address; here a server of its own on 127.0.0.1. */
export const functionUrl: LegacyResourceType<Cloud> = {
  type: "aws:lambda/functionUrl:FunctionUrl",
  inputs: ["authorizationType", "cors", "functionName", "invokeMode", "qualifier", "region"],
  replaceOn: ["functionName", "qualifier", "region"],
  check(inputs) {
    const type = read.text(inputs, "authorizationType");
    if (type !== undefined && type !== "NONE" && type !== "AWS_IAM") {
      throw new Error(`\`authorizationType\` is "${type}"; Lambda takes NONE and AWS_IAM`);
    }
    const methods = read.texts(read.object(inputs, "cors"), "allowMethods") ?? [];
    const wrong = methods.find((method) => !/^(\*|GET|HEAD|POST|PUT|PATCH|DELETE)$/.test(method));
    if (wrong !== undefined) {
      throw new Error(
        `\`cors.allowMethods\` has "${wrong}"; Lambda takes *, GET, PUT, POST, DELETE, HEAD and PATCH`,
      );
    }
  },
  validateAgainst: checkUrlPermissions,
  outputs(inputs, resource, place) {
    const region = read.text(inputs, "region") ?? place.region;
    const { functionName } = parseFunctionName(read.required(inputs, "functionName"));
    const qualifier = read.text(inputs, "qualifier");
    const suffix = qualifier === undefined ? "" : `:${qualifier}`;
    const urlId = createHash("sha256").update(`${functionName}${suffix}`).digest("hex").slice(0, 32);
    const address =
      place.address(functionUrl.type, resource.name) ?? `https://${urlId}.lambda-url.${region}.on.aws`;
    return {
      invokeMode: "BUFFERED",
      ...inputs,
      id: qualifier === undefined ? functionName : `${functionName}/${qualifier}`,
      region,
      functionArn: `arn:aws:lambda:${region}:${place.accountId}:function:${functionName}${suffix}`,
      functionUrl: `${address}/`,
      urlId,
    };
  },
  async create({ inputs, outputs }, cloud) {
    if (outputs.invokeMode === "RESPONSE_STREAM") {
      throw new Error('the local cloud answers whole: `invokeMode: "BUFFERED"`, the default');
    }
    await cloud.gateway.putFunctionUrl(
      {
        urlId: read.required(outputs, "urlId"),
        functionName: parseFunctionName(read.required(inputs, "functionName")).functionName,
        qualifier: read.text(inputs, "qualifier"),
        authorizationType: read.text(inputs, "authorizationType") === "AWS_IAM" ? "AWS_IAM" : "NONE",
        cors: inputs.cors === undefined ? undefined : read.object(inputs, "cors"),
      },
      read.required(outputs, "functionUrl"),
    );
    return undefined;
  },
  async delete({ outputs }, cloud) {
    await cloud.gateway.deleteFunctionUrl(read.required(outputs, "urlId"));
  },
};
