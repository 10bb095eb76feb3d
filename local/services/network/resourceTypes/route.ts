import { ec2Resource } from "../ec2Resource";

const DESTINATIONS = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"];

const TARGETS = [
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
];

/** One line of a route table. */
export const route = ec2Resource({
  type: "aws:ec2/route:Route",
  prefix: "r-rtb",
  inputs: [...DESTINATIONS, ...TARGETS, "routeTableId"],
  replaceOn: [...DESTINATIONS, "routeTableId"],
  check(inputs) {
    for (const names of [DESTINATIONS, TARGETS]) {
      if (names.filter((name) => inputs[name] !== undefined).length === 1) continue;
      throw new Error(`exactly one of ${names.map((name) => `\`${name}\``).join(", ")} must be set`);
    }
  },
  defaults: { instanceId: "", instanceOwnerId: "", origin: "CreateRoute", state: "active" },
});
