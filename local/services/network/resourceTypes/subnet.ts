import { read } from "../../../resources/read";
import { ec2Resource } from "../ec2Resource";

/** A part of a VPC, in one availability zone. */
export const subnet = ec2Resource({
  type: "aws:ec2/subnet:Subnet",
  prefix: "subnet",
  arn: "subnet",
  inputs: [
    "assignIpv6AddressOnCreation",
    "availabilityZone",
    "availabilityZoneId",
    "cidrBlock",
    "customerOwnedIpv4Pool",
    "enableDns64",
    "enableLniAtDeviceIndex",
    "enableResourceNameDnsARecordOnLaunch",
    "enableResourceNameDnsAaaaRecordOnLaunch",
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6CidrBlock",
    "ipv6IpamPoolId",
    "ipv6Native",
    "ipv6NetmaskLength",
    "mapCustomerOwnedIpOnLaunch",
    "mapPublicIpOnLaunch",
    "outpostArn",
    "privateDnsHostnameTypeOnLaunch",
    "tags",
    "vpcId",
  ],
  replaceOn: [
    "availabilityZone",
    "availabilityZoneId",
    "cidrBlock",
    "ipv4IpamPoolId",
    "ipv4NetmaskLength",
    "ipv6Native",
    "outpostArn",
    "vpcId",
  ],
  defaults: {
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    ipv6CidrBlockAssociationId: "",
    ipv6Native: false,
    mapPublicIpOnLaunch: false,
    privateDnsHostnameTypeOnLaunch: "ip-name",
  },
  adds: (_inputs, _id, { region }) => ({ availabilityZone: `${region}a`, availabilityZoneId: "az1" }),
  async create({ outputs }, { network }) {
    network.putSubnet(
      read.required(outputs, "id"),
      read.required(outputs, "vpcId"),
      read.required(outputs, "availabilityZone"),
      read.required(outputs, "cidrBlock"),
    );
    return undefined;
  },
  async delete({ outputs }, { network }) {
    network.deleteSubnet(read.required(outputs, "id"));
  },
});
