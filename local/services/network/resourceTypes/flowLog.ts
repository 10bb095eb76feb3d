import { ec2Resource } from "../ec2Resource";

const INPUTS = [
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
];

const SOURCES = [
  "eniId",
  "regionalNatGatewayId",
  "subnetId",
  "transitGatewayAttachmentId",
  "transitGatewayId",
  "vpcId",
];

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

/** A log of a network's connections; nothing is written here, where no packets are seen. */
export const flowLog = ec2Resource({
  type: "aws:ec2/flowLog:FlowLog",
  prefix: "fl",
  arn: "vpc-flow-log",
  inputs: [...INPUTS, "tagFieldSpecifications", "tags"],
  replaceOn: INPUTS,
  check(inputs) {
    if (SOURCES.filter((source) => inputs[source] !== undefined).length !== 1) {
      throw new Error(`exactly one of ${SOURCES.map((source) => `\`${source}\``).join(", ")} must be set`);
    }
    if (inputs.vpcId !== undefined && inputs.trafficType === undefined) {
      throw new Error("a VPC's flow log needs `trafficType`: ACCEPT, REJECT or ALL");
    }
  },
  defaults: {
    logDestinationType: "cloud-watch-logs",
    logFormat: FIELDS.map((field) => `\${${field}}`).join(" "),
    maxAggregationInterval: 600,
  },
});
