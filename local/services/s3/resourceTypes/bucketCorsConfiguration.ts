import type { types } from "@pulumi/aws";
import { bucketSetting } from "./bucketSetting";

type Rule = types.output.s3.BucketCorsConfigurationCorsRule;

export const bucketCorsConfiguration = bucketSetting({
  type: "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
  inputs: ["corsRules", "expectedBucketOwner"],
  settings: ({ corsRules }) => ({
    corsRules: (corsRules as readonly Rule[]).map((rule) => ({
      ID: rule.id,
      AllowedHeaders: rule.allowedHeaders,
      AllowedMethods: rule.allowedMethods,
      AllowedOrigins: rule.allowedOrigins,
      ExposeHeaders: rule.exposeHeaders,
      MaxAgeSeconds: rule.maxAgeSeconds,
    })),
  }),
  unset: { corsRules: undefined },
});
