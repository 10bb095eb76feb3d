import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert } from "../../../resources/treatment";
import type { GatewayService } from "../gatewayService";
import { methodStatus, methodStatusId } from "./methodStatus";

/** A status that a method may respond with; a declaration only, what is sent comes from the integration response. */
export const methodResponse = defineType<typeof aws.apigateway.MethodResponse, GatewayService>(
  "aws:apigateway/methodResponse:MethodResponse",
  {
    ...methodStatus,
    properties: {
      ...methodStatus.properties,
      responseModels: inert("they describe the body in generated clients"),
      responseParameters: inert("they declare what an integration response sends"),
    },
    outputs: (inputs) => ({ id: methodStatusId("agmr", inputs) }),
  },
);
