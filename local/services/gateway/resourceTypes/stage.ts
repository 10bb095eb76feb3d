import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, inertTags, nested, refused, required, served } from "../../../resources/treatment";
import { known, preview } from "../../../resources/value";
import type { GatewayService } from "../gatewayService";

const NO_CACHE = "the local gateway has no cache";

/** A deployment under a name. Here an API is a server of its own on 127.0.0.1, its stages the first path segment. */
export const stage = defineType<typeof aws.apigateway.Stage, GatewayService>("aws:apigateway/stage:Stage", {
  properties: {
    accessLogSettings: nested({ destinationArn: required, format: required }),
    cacheClusterEnabled: refused(NO_CACHE),
    cacheClusterSize: inert(NO_CACHE),
    canarySettings: refused("the local gateway has no canaries"),
    clientCertificateId: inert("API Gateway shows it to HTTP backends, never to functions"),
    deployment: required,
    description: inert("a text for people"),
    documentationVersion: inert("the local gateway serves no documentation"),
    region: served,
    restApi: required,
    stageName: required,
    tags: inertTags,
    variables: served,
    xrayTracingEnabled: inert("there is no X-Ray here"),
  },
  replaceOn: ["restApi", "stageName"],
  deletedWith: { type: "aws:apigateway/restApi:RestApi", property: "restApi" },
  check(inputs) {
    const name = known(inputs.stageName);
    if (name !== undefined && !/^[A-Za-z0-9_-]{1,128}$/.test(name)) {
      throw new Error(`\`stageName\` "${name}" must be letters, digits, hyphens and underscores`);
    }
  },
  outputs(inputs, _resource, place) {
    const { restApi: api, stageName } = inputs;
    const { region } = place;
    const address =
      place.address("aws:apigateway/restApi:RestApi", known(api) ?? "") ??
      preview`https://${api}.execute-api.${region}.amazonaws.com`;
    return {
      id: `ags-${String(api)}-${String(stageName)}`,
      arn: preview`arn:aws:apigateway:${region}::/restapis/${api}/stages/${stageName}`,
      executionArn: preview`arn:aws:execute-api:${region}:${place.accountId}:${api}/${stageName}`,
      invokeUrl: preview`${address}/${stageName}`,
      webAclArn: "",
      tagsAll: inputs.tags ?? {},
    };
  },
  async create({ inputs, outputs }, gateway) {
    const { stageName, deployment, variables, accessLogSettings } = inputs;
    const address = new URL(outputs.invokeUrl).origin;
    const stage = { stageName, deploymentId: deployment, variables, accessLog: accessLogSettings };
    await gateway.putStage(inputs.restApi, stage, address);
    return undefined;
  },
  async delete({ inputs: { restApi, stageName } }, gateway) {
    gateway.findRestApi(restApi)?.deleteStage(stageName);
  },
});
