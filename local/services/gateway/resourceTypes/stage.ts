import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { restApi } from "./restApi";

/** A deployment under a name. Here an API is a server of its own on 127.0.0.1, its stages the first path segment. */
export const stage: LegacyResourceType<Cloud> = {
  type: "aws:apigateway/stage:Stage",
  inputs: [
    "accessLogSettings",
    "cacheClusterEnabled",
    "cacheClusterSize",
    "canarySettings",
    "clientCertificateId",
    "deployment",
    "description",
    "documentationVersion",
    "region",
    "restApi",
    "stageName",
    "tags",
    "variables",
    "xrayTracingEnabled",
  ],
  replaceOn: ["restApi", "stageName", "region"],
  check(inputs) {
    const name = read.text(inputs, "stageName");
    if (name !== undefined && !/^[A-Za-z0-9_-]{1,128}$/.test(name)) {
      throw new Error(`\`stageName\` "${name}" must be letters, digits, hyphens and underscores`);
    }
  },
  outputs(inputs, _resource, place) {
    const region = read.text(inputs, "region") ?? place.region;
    const api = read.text(inputs, "restApi") ?? "";
    const stageName = read.text(inputs, "stageName") ?? "";
    return {
      ...inputs,
      id: `ags-${api}-${stageName}`,
      region,
      arn: `arn:aws:apigateway:${region}::/restapis/${api}/stages/${stageName}`,
      executionArn: `arn:aws:execute-api:${region}:${place.accountId}:${api}/${stageName}`,
      invokeUrl: `${place.address(restApi.type, api) ?? `https://${api}.execute-api.${region}.amazonaws.com`}/${stageName}`,
      webAclArn: "",
      tagsAll: inputs.tags ?? {},
    };
  },
  async create({ inputs, outputs }, cloud) {
    if (inputs.canarySettings !== undefined || inputs.cacheClusterEnabled === true) {
      throw new Error("the local gateway has no canaries and no cache");
    }
    const accessLog = read.object(inputs, "accessLogSettings");
    const destinationArn = read.text(accessLog, "destinationArn");
    const format = read.text(accessLog, "format");
    const stage = {
      stageName: read.required(inputs, "stageName"),
      deploymentId: read.required(inputs, "deployment"),
      variables: read.object(inputs, "variables") as Record<string, string>,
      ...(destinationArn !== undefined && format !== undefined && { accessLog: { destinationArn, format } }),
    };
    const address = new URL(read.required(outputs, "invokeUrl")).origin;
    await cloud.gateway.putStage(read.required(inputs, "restApi"), stage, address);
    return undefined;
  },
  async delete({ inputs }, cloud) {
    cloud.gateway
      .findRestApi(read.required(inputs, "restApi"))
      ?.deleteStage(read.required(inputs, "stageName"));
  },
};
