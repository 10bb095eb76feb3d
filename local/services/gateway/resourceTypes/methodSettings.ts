import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";

/** Throttling, logging and metrics of a stage's methods; only throttling shows on one machine. */
export const methodSettings: LegacyResourceType<Cloud> = {
  type: "aws:apigateway/methodSettings:MethodSettings",
  inputs: ["methodPath", "region", "restApi", "settings", "stageName"],
  replaceOn: ["restApi", "stageName", "methodPath", "region"],
  outputs(inputs, _resource, place) {
    const parts = ["restApi", "stageName", "methodPath"].map((name) => read.text(inputs, name));
    return { ...inputs, id: parts.join("-"), region: read.text(inputs, "region") ?? place.region };
  },
  async create({ inputs }, cloud) {
    const settings = read.object(inputs, "settings");
    const rateLimit = read.number(settings, "throttlingRateLimit") ?? -1;
    const burstLimit = read.number(settings, "throttlingBurstLimit") ?? -1;
    const throttled = rateLimit >= 0 && burstLimit >= 0;
    cloud.gateway
      .restApi(read.required(inputs, "restApi"))
      .putThrottling(
        read.required(inputs, "stageName"),
        read.required(inputs, "methodPath"),
        throttled ? { rateLimit, burstLimit } : undefined,
      );
    return undefined;
  },
  async delete({ inputs }, cloud) {
    cloud.gateway
      .findRestApi(read.required(inputs, "restApi"))
      ?.putThrottling(read.required(inputs, "stageName"), read.required(inputs, "methodPath"), undefined);
  },
};
