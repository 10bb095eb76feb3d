import { ec2Resource } from "../ec2Resource";

/** The way to the internet for subnets whose addresses are private. */
export const natGateway = ec2Resource({
  type: "aws:ec2/natGateway:NatGateway",
  prefix: "nat",
  inputs: [
    "allocationId",
    "availabilityMode",
    "availabilityZoneAddresses",
    "connectivityType",
    "privateIp",
    "secondaryAllocationIds",
    "secondaryPrivateIpAddressCount",
    "secondaryPrivateIpAddresses",
    "subnetId",
    "tags",
    "vpcId",
  ],
  replaceOn: ["allocationId", "availabilityMode", "connectivityType", "privateIp", "subnetId", "vpcId"],
  check(inputs) {
    if (inputs.connectivityType === "private" || inputs.availabilityMode === "regional") return;
    if (inputs.allocationId === undefined)
      throw new Error("a public NAT gateway needs `allocationId`, its address");
  },
  defaults: {
    availabilityMode: "zonal",
    connectivityType: "public",
    secondaryAllocationIds: [],
    secondaryPrivateIpAddresses: [],
    secondaryPrivateIpAddressCount: 0,
  },
  adds(_inputs, id) {
    const own = id.slice("nat-".length);
    return {
      associationId: `eipassoc-${own}`,
      autoProvisionZones: "",
      autoScalingIps: "",
      networkInterfaceId: `eni-${own}`,
      privateIp: "10.0.0.4",
      publicIp: "192.0.2.1",
      regionalNatGatewayAddresses: [],
      regionalNatGatewayAutoMode: "",
      routeTableId: "",
    };
  },
});
