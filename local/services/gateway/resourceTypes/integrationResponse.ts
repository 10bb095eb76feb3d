import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";

/** What a MOCK integration answers. */
export const integrationResponse: LegacyResourceType<Cloud> = {
  type: "aws:apigateway/integrationResponse:IntegrationResponse",
  inputs: [
    "contentHandling",
    "httpMethod",
    "region",
    "resourceId",
    "responseParameters",
    "responseTemplates",
    "restApi",
    "selectionPattern",
    "statusCode",
  ],
  replaceOn: ["restApi", "resourceId", "httpMethod", "statusCode", "region"],
  outputs(inputs, _resource, place) {
    const parts = ["restApi", "resourceId", "httpMethod", "statusCode"].map((name) =>
      read.text(inputs, name),
    );
    return {
      ...inputs,
      id: ["agir", ...parts].join("-"),
      region: read.text(inputs, "region") ?? place.region,
    };
  },
  async create({ inputs }, cloud) {
    const api = cloud.gateway.restApi(read.required(inputs, "restApi"));
    api.putIntegrationResponse(read.required(inputs, "resourceId"), read.required(inputs, "httpMethod"), {
      statusCode: read.required(inputs, "statusCode"),
      selectionPattern: read.text(inputs, "selectionPattern"),
      responseParameters: read.object(inputs, "responseParameters") as Record<string, string>,
      responseTemplates: read.object(inputs, "responseTemplates") as Record<string, string>,
    });
    return undefined;
  },
  async delete({ inputs }, cloud) {
    const api = cloud.gateway.findRestApi(read.required(inputs, "restApi"));
    api?.deleteIntegrationResponse(
      read.required(inputs, "resourceId"),
      read.required(inputs, "httpMethod"),
      read.required(inputs, "statusCode"),
    );
  },
};
