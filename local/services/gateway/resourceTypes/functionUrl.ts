import { hash } from "node:crypto";
import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { nested, required, served } from "../../../resources/treatment";
import { known, preview, UNKNOWN, type Unknown } from "../../../resources/value";
import { parseFunctionName } from "../../lambda/parseFunctionName";
import { checkUrlPermissions } from "../functionUrl/checkUrlPermissions";
import type { GatewayService } from "../gatewayService";

const TYPE = "aws:lambda/functionUrl:FunctionUrl";

/** A function's own HTTP address; here a server of its own on 127.0.0.1. */
export const functionUrl = defineType<typeof aws.lambda.FunctionUrl, GatewayService>(TYPE, {
  properties: {
    authorizationType: required,
    cors: nested({
      allowCredentials: served,
      allowHeaders: served,
      allowMethods: served,
      allowOrigins: served,
      exposeHeaders: served,
      maxAge: served,
    }),
    functionName: required,
    invokeMode: served,
    qualifier: served,
    region: served,
  },
  replaceOn: ["functionName", "qualifier"],
  deletedWith: { type: "aws:lambda/function:Function", property: "functionName" },
  check(inputs) {
    const type = known(inputs.authorizationType);
    if (type !== undefined && type !== "NONE" && type !== "AWS_IAM") {
      throw new Error(`\`authorizationType\` is "${type}"; Lambda takes NONE and AWS_IAM`);
    }
    const mode = known(inputs.invokeMode) ?? "BUFFERED";
    if (mode !== "BUFFERED") {
      throw new Error(`\`invokeMode\` is ${mode}; the local gateway responds whole: "BUFFERED", the default`);
    }
    const methods = known(known(inputs.cors)?.allowMethods) ?? [];
    const wrong = methods
      .map(known)
      .find((method) => method && !/^(\*|GET|HEAD|POST|PUT|PATCH|DELETE)$/.test(method));
    if (wrong !== undefined) {
      throw new Error(
        `\`cors.allowMethods\` has "${wrong}"; Lambda takes *, GET, PUT, POST, DELETE, HEAD and PATCH`,
      );
    }
  },
  validateAgainst: checkUrlPermissions,
  outputs(inputs, resource, place) {
    const { region } = place;
    const name = known(inputs.functionName);
    const functionName = name === undefined ? UNKNOWN : parseFunctionName(name).functionName;
    const { qualifier } = inputs;
    const suffix = qualifier === undefined ? "" : preview`:${qualifier}`;
    const urlId = urlIdOf(preview`${functionName}${suffix}`);
    const address =
      place.address(TYPE, resource.name) ?? preview`https://${urlId}.lambda-url.${region}.on.aws`;
    return {
      invokeMode: inputs.invokeMode ?? "BUFFERED",
      id: qualifier === undefined ? functionName : preview`${functionName}/${qualifier}`,
      functionArn: preview`arn:aws:lambda:${region}:${place.accountId}:function:${functionName}${suffix}`,
      functionUrl: preview`${address}/`,
      urlId,
    };
  },
  async create({ inputs: { functionName, qualifier, authorizationType, cors }, outputs }, gateway) {
    await gateway.putFunctionUrl(
      {
        urlId: outputs.urlId,
        functionName: parseFunctionName(functionName).functionName,
        qualifier,
        authorizationType: authorizationType === "AWS_IAM" ? "AWS_IAM" : "NONE",
        cors,
      },
      outputs.functionUrl,
    );
    return undefined;
  },
  async delete({ outputs }, gateway) {
    await gateway.deleteFunctionUrl(outputs.urlId);
  },
});

function urlIdOf(qualifiedName: string | Unknown): string | Unknown {
  if (qualifiedName === UNKNOWN) return UNKNOWN;
  return hash("sha256", qualifiedName).slice(0, 32);
}
