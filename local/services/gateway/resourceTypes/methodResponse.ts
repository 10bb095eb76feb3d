import { read } from "../../../resources/read";
import type { ResourceType } from "../../../resources/resourceType";

/** A status that a method may answer with; a declaration only, what is sent comes from the integration response. */
export const methodResponse: ResourceType = {
  type: "aws:apigateway/methodResponse:MethodResponse",
  inputs: [
    "httpMethod",
    "region",
    "resourceId",
    "responseModels",
    "responseParameters",
    "restApi",
    "statusCode",
  ],
  replaceOn: ["restApi", "resourceId", "httpMethod", "statusCode", "region"],
  outputs(inputs, _resource, place) {
    const parts = ["restApi", "resourceId", "httpMethod", "statusCode"].map((name) =>
      read.text(inputs, name),
    );
    return {
      ...inputs,
      id: ["agmr", ...parts].join("-"),
      region: read.text(inputs, "region") ?? place.region,
    };
  },
};
