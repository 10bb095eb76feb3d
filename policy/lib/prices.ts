/**
 * US dollars, list prices of us-east-1 without free tiers and commitments; other regions are up to about a third dearer.
 * @see https://aws.amazon.com/lambda/pricing https://aws.amazon.com/api-gateway/pricing https://aws.amazon.com/vpc/pricing
 *   https://aws.amazon.com/efs/pricing https://aws.amazon.com/cloudwatch/pricing https://aws.amazon.com/kms/pricing
 *   https://aws.amazon.com/privatelink/pricing https://aws.amazon.com/waf/pricing https://aws.amazon.com/s3/pricing
 */
export const PRICES = {
  /** The day on which the table was last compared with published prices. */
  asOf: "2026-11-28",
  lambda: {
    millionRequests: 0.2,
    gigabyteSecond: { arm64: 0.0000133334, x86_64: 0.0000166667 },
    provisionedGigabyteSecond: { arm64: 0.0000033334, x86_64: 0.0000041667 },
  },
  api: { millionRequests: 3.5 },
  s3: { millionGets: 0.4 },
  natGatewayHour: 0.045,
  publicAddressHour: 0.005,
  interfaceEndpointHour: 0.01,
  efsProvisionedMibps: 6,
  alarm: 0.1,
  compositeAlarm: 0.5,
  dashboard: 3,
  key: 1,
  webAcl: 5,
  webAclRule: 1,
} as const;
