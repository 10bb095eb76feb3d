import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, served } from "../../../resources/treatment";
import type { GatewayService } from "../gatewayService";

/** The region's role for API Gateway's logs. */
export const account = defineType<typeof aws.apigateway.Account, GatewayService>(
  "aws:apigateway/account:Account",
  {
    properties: {
      cloudwatchRoleArn: inert("logs are written here without a role"),
      region: served,
    },
    replaceOn: [],
    outputs(inputs) {
      return {
        cloudwatchRoleArn: inputs.cloudwatchRoleArn ?? "",
        id: "api-gateway-account",
        apiKeyVersion: "4",
        features: ["UsagePlans"],
        throttleSettings: [{ burstLimit: 5000, rateLimit: 10_000 }],
      };
    },
  },
);
