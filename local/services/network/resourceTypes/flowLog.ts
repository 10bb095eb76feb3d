import type * as aws from "@pulumi/aws";
import { inert, inertTags, served } from "../../../resources/treatment";
import { ec2Resource } from "../ec2Resource";
import { exactlyOne } from "../exactlyOne";
import { NO_PACKETS } from "../reasons";

const FIELDS = [
  "version",
  "account-id",
  "interface-id",
  "srcaddr",
  "dstaddr",
  "srcport",
  "dstport",
  "protocol",
  "packets",
  "bytes",
  "start",
  "end",
  "action",
  "log-status",
];

const checkSource = exactlyOne(
  "eniId",
  "regionalNatGatewayId",
  "subnetId",
  "transitGatewayAttachmentId",
  "transitGatewayId",
  "vpcId",
);

/** A log of a network's connections; checked as AWS does, although nothing is written. */
export const flowLog = ec2Resource<typeof aws.ec2.FlowLog>("aws:ec2/flowLog:FlowLog", {
  prefix: "fl",
  properties: {
    deliverCrossAccountRole: inert(NO_PACKETS),
    destinationOptions: inert(NO_PACKETS),
    eniId: inert(NO_PACKETS),
    iamRoleArn: inert(NO_PACKETS),
    logDestination: inert(NO_PACKETS),
    logDestinationType: inert(NO_PACKETS),
    logFormat: inert(NO_PACKETS),
    maxAggregationInterval: inert(NO_PACKETS),
    region: served,
    regionalNatGatewayId: inert(NO_PACKETS),
    subnetId: inert(NO_PACKETS),
    tagFieldSpecifications: inert(NO_PACKETS),
    tags: inertTags,
    trafficType: inert(NO_PACKETS),
    transitGatewayAttachmentId: inert(NO_PACKETS),
    transitGatewayId: inert(NO_PACKETS),
    vpcId: inert(NO_PACKETS),
  },
  replaceOn: [
    "deliverCrossAccountRole",
    "destinationOptions",
    "eniId",
    "iamRoleArn",
    "logDestination",
    "logDestinationType",
    "logFormat",
    "maxAggregationInterval",
    "regionalNatGatewayId",
    "subnetId",
    "trafficType",
    "transitGatewayAttachmentId",
    "transitGatewayId",
    "vpcId",
  ],
  check(inputs) {
    checkSource(inputs);
    if (inputs.vpcId !== undefined && inputs.trafficType === undefined) {
      throw new Error("a VPC's flow log needs `trafficType`: ACCEPT, REJECT or ALL");
    }
  },
  outputs: (inputs, { arn }) => ({
    arn: arn("vpc-flow-log"),
    logDestination: inputs.logDestination ?? "",
    logDestinationType: inputs.logDestinationType ?? "cloud-watch-logs",
    logFormat: inputs.logFormat ?? FIELDS.map((field) => `\${${field}}`).join(" "),
    maxAggregationInterval: inputs.maxAggregationInterval ?? 600,
  }),
});
