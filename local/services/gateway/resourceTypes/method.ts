import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";

/** A method of a REST API's resource. */
export const method: LegacyResourceType<Cloud> = {
  type: "aws:apigateway/method:Method",
  inputs: [
    "apiKeyRequired",
    "authorization",
    "authorizationScopes",
    "authorizerId",
    "httpMethod",
    "operationName",
    "region",
    "requestModels",
    "requestParameters",
    "requestValidatorId",
    "resourceId",
    "restApi",
  ],
  replaceOn: ["restApi", "resourceId", "httpMethod", "region"],
  check(inputs) {
    const httpMethod = read.text(inputs, "httpMethod");
    if (httpMethod !== undefined && !/^(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)$/.test(httpMethod)) {
      throw new Error(
        `\`httpMethod\` is "${httpMethod}"; API Gateway takes ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST and PUT`,
      );
    }
    const authorization = read.text(inputs, "authorization");
    if (authorization !== undefined && !/^(NONE|CUSTOM|AWS_IAM|COGNITO_USER_POOLS)$/.test(authorization)) {
      throw new Error(
        `\`authorization\` is "${authorization}"; API Gateway takes NONE, CUSTOM, AWS_IAM and COGNITO_USER_POOLS`,
      );
    }
  },
  outputs(inputs, _resource, place) {
    const id = [
      "agm",
      read.text(inputs, "restApi"),
      read.text(inputs, "resourceId"),
      read.text(inputs, "httpMethod"),
    ];
    return {
      apiKeyRequired: false,
      ...inputs,
      id: id.join("-"),
      region: read.text(inputs, "region") ?? place.region,
    };
  },
  async create({ inputs }, cloud) {
    const authorization = read.required(inputs, "authorization");
    if (authorization !== "NONE" && authorization !== "AWS_IAM") {
      throw new Error(`the local gateway has no authorizers; \`authorization\` may be NONE or AWS_IAM`);
    }
    if (inputs.apiKeyRequired === true || inputs.requestValidatorId !== undefined) {
      throw new Error("the local gateway has no API keys and no request validators");
    }
    const httpMethod = read.required(inputs, "httpMethod");
    const api = cloud.gateway.restApi(read.required(inputs, "restApi"));
    api.putMethod(read.required(inputs, "resourceId"), { httpMethod, authorization });
    return undefined;
  },
  async delete({ inputs }, cloud) {
    const api = cloud.gateway.findRestApi(read.required(inputs, "restApi"));
    api?.deleteMethod(read.required(inputs, "resourceId"), read.required(inputs, "httpMethod"));
  },
};
