import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { resourceId } from "../resourceId";

/** A REST API. */
export const restApi: LegacyResourceType<Cloud> = {
  type: "aws:apigateway/restApi:RestApi",
  inputs: [
    "apiKeySource",
    "binaryMediaTypes",
    "body",
    "description",
    "disableExecuteApiEndpoint",
    "endpointAccessMode",
    "endpointConfiguration",
    "failOnWarnings",
    "minimumCompressionSize",
    "name",
    "parameters",
    "policy",
    "putRestApiMode",
    "region",
    "securityPolicy",
    "tags",
  ],
  replaceOn: ["region"],
  autoName: { property: "name", maxLength: 128 },
  outputs(inputs, resource, place) {
    const region = read.text(inputs, "region") ?? place.region;
    const id = resourceId(resource.urn);
    return {
      apiKeySource: "HEADER",
      binaryMediaTypes: [],
      disableExecuteApiEndpoint: false,
      endpointConfiguration: { types: ["EDGE"] },
      ...inputs,
      id,
      name: read.text(inputs, "name") ?? resource.name,
      region,
      arn: `arn:aws:apigateway:${region}::/restapis/${id}`,
      executionArn: `arn:aws:execute-api:${region}:${place.accountId}:${id}`,
      rootResourceId: resourceId(resource.urn, "/"),
      createdDate: "1970-01-01T00:00:00Z",
      tagsAll: inputs.tags ?? {},
    };
  },
  async create({ inputs, outputs }, cloud) {
    for (const property of ["body", "policy", "minimumCompressionSize"]) {
      if (inputs[property] !== undefined) throw new Error(`the local gateway does not know \`${property}\``);
    }
    cloud.gateway.putRestApi({
      id: read.required(outputs, "id"),
      name: read.required(outputs, "name"),
      rootResourceId: read.required(outputs, "rootResourceId"),
      binaryMediaTypes: read.texts(outputs, "binaryMediaTypes") ?? [],
    });
    return undefined;
  },
  async delete({ outputs }, cloud) {
    await cloud.gateway.deleteRestApi(read.required(outputs, "id"));
  },
};
