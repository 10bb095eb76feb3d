import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";

/** A status that a method may answer with; a declaration only, what is sent comes from the integration response. */
export const methodResponse: LegacyResourceType<Cloud> = {
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
