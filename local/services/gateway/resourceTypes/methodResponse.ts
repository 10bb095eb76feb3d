import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, required, served } from "../../../resources/treatment";
import type { GatewayService } from "../gatewayService";

/** A status that a method may respond with; a declaration only, what is sent comes from the integration response. */
export const methodResponse = defineType<typeof aws.apigateway.MethodResponse, GatewayService>(
  "aws:apigateway/methodResponse:MethodResponse",
  {
    properties: {
      httpMethod: required,
      region: served,
      resourceId: required,
      responseModels: inert("they describe the body in generated clients"),
      responseParameters: inert("they declare what an integration response sends"),
      restApi: required,
      statusCode: required,
    },
    replaceOn: ["restApi", "resourceId", "httpMethod", "statusCode", "region"],
    deletedWith: { type: "aws:apigateway/restApi:RestApi", property: "restApi" },
    outputs(inputs, _resource, place) {
      const { restApi, resourceId, httpMethod, statusCode } = inputs;
      return {
        id: ["agmr", restApi, resourceId, httpMethod, statusCode].map(String).join("-"),
        region: inputs.region ?? place.region,
      };
    },
  },
);
