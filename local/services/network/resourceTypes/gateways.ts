import type * as aws from "@pulumi/aws";
import { inert, inertTags, refused, served } from "../../../resources/treatment";
import { ec2Resource } from "../ec2Resource";
import { NO_IPAM, NO_OUTPOSTS, NO_ROUTES } from "../reasons";

/** A VPC's ways to the internet; functions reach it as this machine does. */

export const internetGateway = ec2Resource<typeof aws.ec2.InternetGateway>(
  "aws:ec2/internetGateway:InternetGateway",
  {
    prefix: "igw",
    properties: { region: served, tags: inertTags, vpcId: inert(NO_ROUTES) },
    replaceOn: [],
    outputs: (inputs, { arn }, { accountId }) => ({
      arn: arn("internet-gateway"),
      ownerId: accountId,
      vpcId: inputs.vpcId ?? "",
    }),
  },
);

/** The address that every `Eip` shows: one of those reserved for documentation (RFC 5737). */
const PUBLIC_IP = "192.0.2.1";

/** A fixed public address. */
export const eip = ec2Resource<typeof aws.ec2.Eip>("aws:ec2/eip:Eip", {
  prefix: "eipalloc",
  properties: {
    address: served,
    associateWithPrivateIp: inert(NO_ROUTES),
    customerOwnedIpv4Pool: refused(NO_OUTPOSTS),
    domain: served,
    instance: inert(NO_ROUTES),
    ipamPoolId: refused(NO_IPAM),
    networkBorderGroup: inert(NO_ROUTES),
    networkInterface: inert(NO_ROUTES),
    publicIpv4Pool: inert(
      "every address shown here is the same one for documentation, unless `address` is set",
    ),
    region: served,
    tags: inertTags,
  },
  replaceOn: [
    "address",
    "customerOwnedIpv4Pool",
    "domain",
    "ipamPoolId",
    "networkBorderGroup",
    "publicIpv4Pool",
  ],
  outputs: (inputs, { id, arn }, { region }) => ({
    allocationId: id,
    arn: arn("elastic-ip"),
    associationId: "",
    carrierIp: "",
    customerOwnedIp: "",
    domain: inputs.domain ?? "vpc",
    instance: inputs.instance ?? "",
    ipamPoolId: "",
    networkBorderGroup: inputs.networkBorderGroup ?? region,
    networkInterface: inputs.networkInterface ?? "",
    privateDns: "",
    privateIp: "",
    ptrRecord: "",
    publicDns: "ec2-192-0-2-1.compute-1.amazonaws.com",
    publicIp: inputs.address ?? PUBLIC_IP,
    publicIpv4Pool: inputs.publicIpv4Pool ?? "amazon",
  }),
});

/** The way to the internet for subnets without public addresses. */
export const natGateway = ec2Resource<typeof aws.ec2.NatGateway>("aws:ec2/natGateway:NatGateway", {
  prefix: "nat",
  properties: {
    allocationId: inert(NO_ROUTES),
    availabilityMode: inert(NO_ROUTES),
    availabilityZoneAddresses: inert(NO_ROUTES),
    connectivityType: inert(NO_ROUTES),
    privateIp: served,
    region: served,
    secondaryAllocationIds: inert(NO_ROUTES),
    secondaryPrivateIpAddressCount: inert(NO_ROUTES),
    secondaryPrivateIpAddresses: inert(NO_ROUTES),
    subnetId: served,
    tags: inertTags,
    vpcId: served,
  },
  replaceOn: ["allocationId", "availabilityMode", "connectivityType", "privateIp", "subnetId", "vpcId"],
  check({ allocationId, availabilityMode, connectivityType }) {
    if (connectivityType === "private" || availabilityMode === "regional") return;
    if (allocationId === undefined) throw new Error("a public NAT gateway needs `allocationId`, its address");
  },
  outputs: (inputs, { digits }) => ({
    associationId: `eipassoc-${digits}`,
    autoProvisionZones: "",
    autoScalingIps: "",
    availabilityMode: inputs.availabilityMode ?? "zonal",
    connectivityType: inputs.connectivityType ?? "public",
    networkInterfaceId: `eni-${digits}`,
    privateIp: inputs.privateIp ?? "10.0.0.4",
    publicIp: inputs.connectivityType === "private" ? "" : PUBLIC_IP,
    regionalNatGatewayAddresses: [],
    regionalNatGatewayAutoMode: "",
    routeTableId: "",
    secondaryAllocationIds: inputs.secondaryAllocationIds ?? [],
    secondaryPrivateIpAddressCount: inputs.secondaryPrivateIpAddressCount ?? 0,
    secondaryPrivateIpAddresses: inputs.secondaryPrivateIpAddresses ?? [],
    vpcId: inputs.vpcId ?? "",
  }),
  async create({ inputs: { subnetId, vpcId } }, network) {
    const found = subnetId === undefined ? undefined : network.vpcOf(subnetId);
    return vpcId === undefined && found !== undefined ? { vpcId: found } : undefined;
  },
});
