import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, refused, required, requiredNested, served } from "../../../resources/treatment";
import { known, UNKNOWN } from "../../../resources/value";
import type { GatewayService } from "../gatewayService";

const NO_CACHE = "the local gateway has no cache";
const NO_LOGS = "the local gateway writes access logs, no execution logs";

/** Throttling, logging and metrics of a stage's methods; only throttling shows on one machine. */
export const methodSettings = defineType<typeof aws.apigateway.MethodSettings, GatewayService>(
  "aws:apigateway/methodSettings:MethodSettings",
  {
    properties: {
      methodPath: required,
      region: served,
      restApi: required,
      settings: requiredNested({
        cacheDataEncrypted: inert(NO_CACHE),
        cacheTtlInSeconds: inert(NO_CACHE),
        cachingEnabled: refused(NO_CACHE),
        dataTraceEnabled: inert(NO_LOGS),
        loggingLevel: inert(NO_LOGS),
        metricsEnabled: inert("there is no CloudWatch here"),
        requireAuthorizationForCacheControl: inert(NO_CACHE),
        throttlingBurstLimit: served,
        throttlingRateLimit: served,
        unauthorizedCacheControlHeaderStrategy: inert(NO_CACHE),
      }),
      stageName: required,
    },
    replaceOn: ["restApi", "stageName", "methodPath"],
    deletedWith: { type: "aws:apigateway/restApi:RestApi", property: "restApi" },
    outputs(inputs) {
      const { restApi, stageName, methodPath } = inputs;
      const settings = known(inputs.settings);
      return {
        settings: settings === undefined ? UNKNOWN : { ...DEFAULT_SETTINGS, ...settings },
        id: [restApi, stageName, methodPath].map(String).join("-"),
      };
    },
    async create({ inputs: { restApi, stageName, methodPath, settings } }, gateway) {
      const { throttlingRateLimit: rateLimit = -1, throttlingBurstLimit: burstLimit = -1 } = settings;
      const isThrottled = rateLimit >= 0 && burstLimit >= 0;
      gateway
        .restApi(restApi)
        .putThrottling(stageName, methodPath, isThrottled ? { rateLimit, burstLimit } : undefined);
      return undefined;
    },
    async delete({ inputs: { restApi, stageName, methodPath } }, gateway) {
      gateway.findRestApi(restApi)?.putThrottling(stageName, methodPath, undefined);
    },
  },
);

const DEFAULT_SETTINGS = {
  cacheDataEncrypted: false,
  cacheTtlInSeconds: 300,
  cachingEnabled: false,
  dataTraceEnabled: false,
  loggingLevel: "OFF",
  metricsEnabled: false,
  requireAuthorizationForCacheControl: true,
  throttlingBurstLimit: -1,
  throttlingRateLimit: -1,
  unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
};
