import { resourceRule } from "../../lib/rule";

export const apiCacheEncrypted = resourceRule({
  name: "api-cache-encrypted",
  title: "Cached answers are encrypted",
  why: "A cache holds what callers were told, predictions about them included.",
  cure: "Set `settings.cacheDataEncrypted`.",
  severity: "medium",
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/apigateway-controls.html#apigateway-5",
  controls: ["APIGateway.5", "CKV_AWS_308"],
  types: ["aws:apigateway/methodSettings:MethodSettings"],
  check({ props: { settings } }) {
    if (!settings.cachingEnabled || settings.cacheDataEncrypted) return undefined;
    return { found: "a cache in the clear", allowed: "an encrypted cache" };
  },
  remediate(props) {
    props.settings = { ...props.settings, cacheDataEncrypted: true };
  },
});
