import type * as aws from "@pulumi/aws";
import { inert, inertTags, required, served } from "../../../resources/treatment";
import { ec2Resource } from "../ec2Resource";
import { exactlyOne } from "../exactlyOne";
import { NO_ROUTES } from "../reasons";

/** The routes of a VPC's packets; functions use those of this machine. */

export const routeTable = ec2Resource<typeof aws.ec2.RouteTable>("aws:ec2/routeTable:RouteTable", {
  prefix: "rtb",
  properties: {
    propagatingVgws: inert(NO_ROUTES),
    region: served,
    routes: inert(NO_ROUTES),
    tags: inertTags,
    vpcId: required,
  },
  replaceOn: ["vpcId"],
  outputs: (inputs, { arn }, { accountId }) => ({
    arn: arn("route-table"),
    ownerId: accountId,
    propagatingVgws: inputs.propagatingVgws ?? [],
    routes: inputs.routes ?? [],
  }),
});

/** The route table that a subnet, or a gateway, uses. */
export const routeTableAssociation = ec2Resource<typeof aws.ec2.RouteTableAssociation>(
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  {
    prefix: "rtbassoc",
    properties: {
      gatewayId: inert(NO_ROUTES),
      region: served,
      routeTableId: required,
      subnetId: inert(NO_ROUTES),
    },
    replaceOn: ["gatewayId", "subnetId"],
    check: exactlyOne("gatewayId", "subnetId"),
    outputs: () => ({}),
  },
);

const checkDestination = exactlyOne(
  "destinationCidrBlock",
  "destinationIpv6CidrBlock",
  "destinationPrefixListId",
);
const checkTarget = exactlyOne(
  "carrierGatewayId",
  "coreNetworkArn",
  "egressOnlyGatewayId",
  "gatewayId",
  "localGatewayId",
  "natGatewayId",
  "networkInterfaceId",
  "odbNetworkArn",
  "transitGatewayId",
  "vpcEndpointId",
  "vpcPeeringConnectionId",
);

/** One line of a route table. */
export const route = ec2Resource<typeof aws.ec2.Route>("aws:ec2/route:Route", {
  prefix: "r-rtb",
  properties: {
    carrierGatewayId: inert(NO_ROUTES),
    coreNetworkArn: inert(NO_ROUTES),
    destinationCidrBlock: inert(NO_ROUTES),
    destinationIpv6CidrBlock: inert(NO_ROUTES),
    destinationPrefixListId: inert(NO_ROUTES),
    egressOnlyGatewayId: inert(NO_ROUTES),
    gatewayId: inert(NO_ROUTES),
    localGatewayId: inert(NO_ROUTES),
    natGatewayId: inert(NO_ROUTES),
    networkInterfaceId: inert(NO_ROUTES),
    odbNetworkArn: inert(NO_ROUTES),
    region: served,
    routeTableId: required,
    transitGatewayId: inert(NO_ROUTES),
    vpcEndpointId: inert(NO_ROUTES),
    vpcPeeringConnectionId: inert(NO_ROUTES),
  },
  replaceOn: ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId", "routeTableId"],
  check(inputs) {
    checkDestination(inputs);
    checkTarget(inputs);
  },
  outputs: (inputs) => ({
    instanceId: "",
    instanceOwnerId: "",
    networkInterfaceId: inputs.networkInterfaceId ?? "",
    origin: "CreateRoute",
    state: "active",
  }),
});
