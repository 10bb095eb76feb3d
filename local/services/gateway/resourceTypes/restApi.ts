import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, inertTags, nested, refused, required, served } from "../../../resources/treatment";
import { known, preview, UNKNOWN } from "../../../resources/value";
import type { GatewayService } from "../gatewayService";
import { resourceId } from "../resourceId";
import { parseApiPolicy } from "../rest/apiPolicy";
import { checkApiPolicy } from "./restApiPolicy";

const NO_BODY = "it is about `body`, which the local gateway rejects";
const DEFAULT_ENDPOINT = { ipAddressType: "ipv4", types: "EDGE", vpcEndpointIds: [] };

/** A REST API. */
export const restApi = defineType<typeof aws.apigateway.RestApi, GatewayService>(
  "aws:apigateway/restApi:RestApi",
  {
    properties: {
      apiKeySource: inert("the local gateway takes keys from the header alone, and has no authorizers"),
      binaryMediaTypes: served,
      body: refused("declare the routes as resources and methods"),
      description: inert("a text for people"),
      disableExecuteApiEndpoint: served,
      endpointAccessMode: inert("it is about TLS, and the local gateway speaks HTTP"),
      endpointConfiguration: nested({
        ipAddressType: inert("one machine has one address"),
        types: required,
        vpcEndpointIds: refused("there are no VPC endpoints for an API here"),
      }),
      failOnWarnings: inert(NO_BODY),
      minimumCompressionSize: served,
      name: served,
      parameters: inert(NO_BODY),
      policy: served,
      putRestApiMode: inert(NO_BODY),
      region: served,
      securityPolicy: inert("it is about TLS, and the local gateway speaks HTTP"),
      tags: inertTags,
    },
    replaceOn: [],
    autoName: { property: "name", maxLength: 128 },
    check(inputs) {
      if (known(inputs.endpointConfiguration)?.types === "PRIVATE") {
        throw new Error(
          "`endpointConfiguration.types` is PRIVATE; the local gateway serves EDGE and REGIONAL",
        );
      }
      const size = known(inputs.minimumCompressionSize) ?? "";
      if (size !== "" && !isCompressionSize(size)) {
        throw new Error(
          `\`minimumCompressionSize\` is "${size}"; API Gateway takes 0 to 10485760 bytes, and -1 for none`,
        );
      }
      if (inputs.policy !== undefined) checkApiPolicy(inputs.policy);
    },
    outputs(inputs, resource, place) {
      const { region } = place;
      const id = resourceId(resource.urn);
      const endpoint = known(inputs.endpointConfiguration ?? DEFAULT_ENDPOINT);
      return {
        apiKeySource: inputs.apiKeySource ?? "HEADER",
        binaryMediaTypes: inputs.binaryMediaTypes ?? [],
        description: inputs.description ?? "",
        disableExecuteApiEndpoint: inputs.disableExecuteApiEndpoint ?? false,
        minimumCompressionSize: inputs.minimumCompressionSize ?? "",
        policy: inputs.policy ?? "",
        securityPolicy: inputs.securityPolicy ?? "TLS_1_0",
        endpointConfiguration: endpoint === undefined ? UNKNOWN : { ...DEFAULT_ENDPOINT, ...endpoint },
        id,
        name: inputs.name ?? resource.name,
        arn: preview`arn:aws:apigateway:${region}::/restapis/${id}`,
        executionArn: preview`arn:aws:execute-api:${region}:${place.accountId}:${id}`,
        rootResourceId: resourceId(resource.urn, "/"),
        createdDate: "1970-01-01T00:00:00Z",
        tagsAll: inputs.tags ?? {},
      };
    },
    async create({ inputs, outputs: { id, name, rootResourceId, binaryMediaTypes } }, gateway) {
      const { disableExecuteApiEndpoint, minimumCompressionSize = "", policy } = inputs;
      const isCompressing = minimumCompressionSize !== "" && Number(minimumCompressionSize) >= 0;
      gateway.putRestApi({
        ...{ id, name, rootResourceId, binaryMediaTypes, disableExecuteApiEndpoint },
        ...(isCompressing && { minimumCompressionSize: Number(minimumCompressionSize) }),
      });
      // AWS keeps the policy of an API whose program leaves it out: it may have a RestApiPolicy.
      if (policy !== undefined) gateway.restApi(id).policy = parseApiPolicy(policy, gateway.executionArn(id));
      return undefined;
    },
    async delete({ outputs }, gateway) {
      await gateway.deleteRestApi(outputs.id);
    },
  },
);

function isCompressionSize(size: string): boolean {
  return size === "-1" || (/^\d{1,8}$/.test(size) && Number(size) <= 10_485_760);
}
