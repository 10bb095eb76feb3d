import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";

/** The region's role for API Gateway's logs. */
export const account: LegacyResourceType<Cloud> = {
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
