import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, refused, required, served } from "../../../resources/treatment";
import { known } from "../../../resources/value";
import type { GatewayService } from "../gatewayService";

const NO_AUTHORIZERS = "the local gateway has no authorizers";
const UNCHECKED = "only a request validator checks it, and that the local gateway rejects";

/** A method of a REST API's resource. */
export const method = defineType<typeof aws.apigateway.Method, GatewayService>(
  "aws:apigateway/method:Method",
  {
    properties: {
      apiKeyRequired: served,
      authorization: required,
      authorizationScopes: refused(NO_AUTHORIZERS),
      authorizerId: refused(NO_AUTHORIZERS),
      httpMethod: required,
      operationName: inert("it names the method in generated clients"),
      region: served,
      requestModels: inert(UNCHECKED),
      requestParameters: inert(UNCHECKED),
      requestValidatorId: refused("the local gateway has no request validators; functions check their input"),
      resourceId: required,
      restApi: required,
    },
    replaceOn: ["restApi", "resourceId", "httpMethod"],
    deletedWith: { type: "aws:apigateway/restApi:RestApi", property: "restApi" },
    check(inputs) {
      const httpMethod = known(inputs.httpMethod);
      if (httpMethod !== undefined && !/^(ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT)$/.test(httpMethod)) {
        throw new Error(
          `\`httpMethod\` is "${httpMethod}"; API Gateway takes ANY, DELETE, GET, HEAD, OPTIONS, PATCH, POST and PUT`,
        );
      }
      const authorization = known(inputs.authorization);
      if (authorization === undefined) return;
      if (!/^(NONE|CUSTOM|AWS_IAM|COGNITO_USER_POOLS)$/.test(authorization)) {
        throw new Error(
          `\`authorization\` is "${authorization}"; API Gateway takes NONE, CUSTOM, AWS_IAM and COGNITO_USER_POOLS`,
        );
      }
      authorizationOf(authorization);
    },
    outputs(inputs) {
      return {
        apiKeyRequired: inputs.apiKeyRequired ?? false,
        id: ["agm", inputs.restApi, inputs.resourceId, inputs.httpMethod].map(String).join("-"),
      };
    },
    async create({ inputs, outputs: { apiKeyRequired } }, gateway) {
      const { restApi, resourceId, httpMethod, authorization } = inputs;
      gateway
        .restApi(restApi)
        .putMethod(resourceId, { httpMethod, authorization: authorizationOf(authorization), apiKeyRequired });
      return undefined;
    },
    async delete({ inputs: { restApi, resourceId, httpMethod } }, gateway) {
      gateway.findRestApi(restApi)?.deleteMethod(resourceId, httpMethod);
    },
  },
);

function authorizationOf(authorization: string): "NONE" | "AWS_IAM" {
  if (authorization === "NONE" || authorization === "AWS_IAM") return authorization;
  throw new Error(
    `\`authorization\` is ${authorization}; the local gateway has no authorizers, and serves NONE and AWS_IAM`,
  );
}
