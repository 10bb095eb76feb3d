import { isSet } from "../../lib/isSet";
import { resourceRule } from "../../lib/rule";

export const apiRequestValidation = resourceRule({
  name: "api-request-validation",
  title: "The gateway checks requests",
  why: "A refused request never starts a function. The handlers check with better words and over all three ways in, so it is off.",
  cure: "Set `requestValidatorId`.",
  severity: "low",
  tier: "optional",
  url: "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html",
  controls: ["CKV2_AWS_53", "AwsSolutions-APIG2"],
  types: ["aws:apigateway/method:Method"],
  check({ props }) {
    if (props.httpMethod === "OPTIONS" || isSet(props, "requestValidatorId")) return undefined;
    return { found: "no request validator", allowed: "a request validator" };
  },
});
