import { resourceRule } from "../../lib/rule";

export const apiCaching = resourceRule({
  name: "api-caching",
  title: "The API answers repeated requests from its cache",
  why: "It saves invocations. Predictions are asked for by POST, which is not cached, and a cache costs 15 USD a month and more, so it is off.",
  cure: "Set `settings.cachingEnabled`, and the stage's `cacheClusterEnabled`.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html",
  controls: ["CKV_AWS_225"],
  types: ["aws:apigateway/methodSettings:MethodSettings"],
  check({ props: { settings } }) {
    return settings.cachingEnabled ? undefined : { found: "no cache", allowed: "a cache" };
  },
});
