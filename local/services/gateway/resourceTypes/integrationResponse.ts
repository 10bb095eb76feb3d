import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { refused, required, served } from "../../../resources/treatment";
import type { GatewayService } from "../gatewayService";

/** What a MOCK integration responds. */
export const integrationResponse = defineType<typeof aws.apigateway.IntegrationResponse, GatewayService>(
  "aws:apigateway/integrationResponse:IntegrationResponse",
  {
    properties: {
      contentHandling: refused("the local gateway converts by `binaryMediaTypes` only"),
      httpMethod: required,
      region: served,
      resourceId: required,
      responseParameters: served,
      responseTemplates: served,
      restApi: required,
      selectionPattern: served,
      statusCode: required,
    },
    replaceOn: ["restApi", "resourceId", "httpMethod", "statusCode", "region"],
    deletedWith: { type: "aws:apigateway/restApi:RestApi", property: "restApi" },
    outputs(inputs, _resource, place) {
      const { restApi, resourceId, httpMethod, statusCode } = inputs;
      return {
        id: ["agir", restApi, resourceId, httpMethod, statusCode].map(String).join("-"),
        region: inputs.region ?? place.region,
      };
    },
    async create({ inputs }, gateway) {
      const { restApi, resourceId, httpMethod, statusCode, selectionPattern } = inputs;
      gateway.restApi(restApi).putIntegrationResponse(resourceId, httpMethod, {
        statusCode,
        selectionPattern,
        responseParameters: inputs.responseParameters ?? {},
        responseTemplates: inputs.responseTemplates ?? {},
      });
      return undefined;
    },
    async delete({ inputs: { restApi, resourceId, httpMethod, statusCode } }, gateway) {
      gateway.findRestApi(restApi)?.deleteIntegrationResponse(resourceId, httpMethod, statusCode);
    },
  },
);
