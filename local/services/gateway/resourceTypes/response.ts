import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";

/** What a REST API answers by itself in one kind of refusal. */
export const response: LegacyResourceType<Cloud> = {
  type: "aws:apigateway/response:Response",
  inputs: ["region", "responseParameters", "responseTemplates", "responseType", "restApiId", "statusCode"],
  replaceOn: ["restApiId", "responseType", "region"],
  outputs(inputs, _resource, place) {
    return {
      ...inputs,
      id: `aggr-${read.text(inputs, "restApiId")}-${read.text(inputs, "responseType")}`,
      region: read.text(inputs, "region") ?? place.region,
    };
  },
  async create({ inputs }, cloud) {
    cloud.gateway.restApi(read.required(inputs, "restApiId")).putGatewayResponse({
      responseType: read.required(inputs, "responseType"),
      statusCode: read.text(inputs, "statusCode"),
      responseParameters: read.object(inputs, "responseParameters") as Record<string, string>,
      responseTemplates: read.object(inputs, "responseTemplates") as Record<string, string>,
    });
    return undefined;
  },
  async delete({ inputs }, cloud) {
    const api = cloud.gateway.findRestApi(read.required(inputs, "restApiId"));
    api?.deleteGatewayResponse(read.required(inputs, "responseType"));
  },
};
