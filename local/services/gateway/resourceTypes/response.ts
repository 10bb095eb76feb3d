import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { required, served } from "../../../resources/treatment";
import type { GatewayService } from "../gatewayService";

/** The response that a REST API itself gives to one kind of rejection. */
export const response = defineType<typeof aws.apigateway.Response, GatewayService>(
  "aws:apigateway/response:Response",
  {
    properties: {
      region: served,
      responseParameters: served,
      responseTemplates: served,
      responseType: required,
      restApiId: required,
      statusCode: served,
    },
    replaceOn: ["restApiId", "responseType"],
    deletedWith: { type: "aws:apigateway/restApi:RestApi", property: "restApiId" },
    outputs(inputs) {
      return {
        id: `aggr-${String(inputs.restApiId)}-${String(inputs.responseType)}`,
      };
    },
    async create({ inputs: { restApiId, responseType, statusCode, ...inputs } }, gateway) {
      gateway.restApi(restApiId).putGatewayResponse({
        responseType,
        statusCode,
        responseParameters: inputs.responseParameters ?? {},
        responseTemplates: inputs.responseTemplates ?? {},
      });
      return undefined;
    },
    async delete({ inputs }, gateway) {
      gateway.findRestApi(inputs.restApiId)?.deleteGatewayResponse(inputs.responseType);
    },
  },
);
