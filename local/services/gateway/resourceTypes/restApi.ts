import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, inertTags, nested, refused, required, served } from "../../../resources/treatment";
import { known, preview, UNKNOWN } from "../../../resources/value";
import type { GatewayService } from "../gatewayService";
import { resourceId } from "../resourceId";

const NO_BODY = "it is about `body`, which the local gateway refuses";
const DEFAULT_ENDPOINT = { ipAddressType: "ipv4", types: "EDGE", vpcEndpointIds: [] };

/** A REST API. */
export const restApi = defineType<typeof aws.apigateway.RestApi, GatewayService>(
  "aws:apigateway/restApi:RestApi",
  {
    properties: {
      apiKeySource: inert("the local gateway has no API keys"),
      binaryMediaTypes: served,
      body: refused("declare the routes as resources and methods"),
      description: inert("a text for people"),
      disableExecuteApiEndpoint: refused(
        "the API is served on its own address only, there are no domains here",
      ),
      endpointAccessMode: inert("it is about TLS, and the local gateway speaks HTTP"),
      endpointConfiguration: nested({
        ipAddressType: inert("one machine has one address"),
        types: required,
        vpcEndpointIds: refused("there are no VPC endpoints for an API here"),
      }),
      failOnWarnings: inert(NO_BODY),
      minimumCompressionSize: refused("the local gateway does not compress"),
      name: served,
      parameters: inert(NO_BODY),
      policy: refused("the local gateway does not evaluate an API's resource policy"),
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
        region,
        arn: preview`arn:aws:apigateway:${region}::/restapis/${id}`,
        executionArn: preview`arn:aws:execute-api:${region}:${place.accountId}:${id}`,
        rootResourceId: resourceId(resource.urn, "/"),
        createdDate: "1970-01-01T00:00:00Z",
        tagsAll: inputs.tags ?? {},
      };
    },
    async create({ outputs: { id, name, rootResourceId, binaryMediaTypes } }, gateway) {
      gateway.putRestApi({ id, name, rootResourceId, binaryMediaTypes });
      return undefined;
    },
    async delete({ outputs }, gateway) {
      await gateway.deleteRestApi(outputs.id);
    },
  },
);
