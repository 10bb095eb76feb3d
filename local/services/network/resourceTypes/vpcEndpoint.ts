import { ec2Resource } from "../ec2Resource";

/** A way from a VPC to a service of AWS that does not lead over the internet. */
export const vpcEndpoint = ec2Resource({
  type: "aws:ec2/vpcEndpoint:VpcEndpoint",
  prefix: "vpce",
  arn: "vpc-endpoint",
  inputs: [
    "autoAccept",
    "dnsOptions",
    "ipAddressType",
    "policy",
    "privateDnsEnabled",
    "resourceConfigurationArn",
    "routeTableIds",
    "securityGroupIds",
    "serviceName",
    "serviceNetworkArn",
    "serviceRegion",
    "subnetConfigurations",
    "subnetIds",
    "tags",
    "vpcEndpointType",
    "vpcId",
  ],
  replaceOn: [
    "resourceConfigurationArn",
    "serviceName",
    "serviceNetworkArn",
    "serviceRegion",
    "vpcEndpointType",
    "vpcId",
  ],
  check({ vpcEndpointType = "Gateway", routeTableIds, subnetIds, securityGroupIds }) {
    if (vpcEndpointType === "Gateway" && (subnetIds !== undefined || securityGroupIds !== undefined)) {
      throw new Error(
        "an endpoint of type Gateway takes `routeTableIds`, neither `subnetIds` nor `securityGroupIds`",
      );
    }
    if (vpcEndpointType !== "Gateway" && routeTableIds !== undefined) {
      throw new Error("`routeTableIds` are for endpoints of type Gateway alone");
    }
  },
  defaults: {
    cidrBlocks: [],
    dnsEntries: [],
    networkInterfaceIds: [],
    policy: "",
    // The prefix list of S3 in us-east-1.
    prefixListId: "pl-63a5400a",
    privateDnsEnabled: false,
    requesterManaged: false,
    routeTableIds: [],
    securityGroupIds: [],
    state: "available",
    subnetConfigurations: [],
    subnetIds: [],
    vpcEndpointType: "Gateway",
  },
});
