import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { refused, served } from "../../../resources/treatment";
import type { GatewayService } from "../gatewayService";
import { methodStatus, methodStatusId } from "./methodStatus";

/** The response of a MOCK integration. */
export const integrationResponse = defineType<typeof aws.apigateway.IntegrationResponse, GatewayService>(
  "aws:apigateway/integrationResponse:IntegrationResponse",
  {
    ...methodStatus,
    properties: {
      ...methodStatus.properties,
      contentHandling: refused("the local gateway converts by `binaryMediaTypes` only"),
      responseParameters: served,
      responseTemplates: served,
      selectionPattern: served,
    },
    outputs: (inputs) => ({ id: methodStatusId("agir", inputs) }),
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
