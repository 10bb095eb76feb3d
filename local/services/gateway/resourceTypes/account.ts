import { read } from "../../../resources/read";
import type { ResourceType } from "../../../resources/resourceType";

/** The region's role for API Gateway's logs. */
export const account: ResourceType = {
  type: "aws:apigateway/account:Account",
  inputs: ["cloudwatchRoleArn", "region"],
  replaceOn: ["region"],
  outputs(inputs, _resource, place) {
    return {
      ...inputs,
      id: "api-gateway-account",
      region: read.text(inputs, "region") ?? place.region,
      apiKeyVersion: "4",
      features: ["UsagePlans"],
      throttleSettings: [{ burstLimit: 5000, rateLimit: 10_000 }],
    };
  },
};
