import type * as aws from "@pulumi/aws";
import { inert, inertTags, refused, required, served } from "../../../resources/treatment";
import { known } from "../../../resources/value";
import { findZone } from "../availabilityZones";
import { ec2Resource } from "../ec2Resource";
import { NO_INSTANCES, NO_IPAM, NO_IPV6, NO_OUTPOSTS } from "../reasons";

/** A part of a VPC, in one availability zone. */
export const subnet = ec2Resource<typeof aws.ec2.Subnet>("aws:ec2/subnet:Subnet", {
  prefix: "subnet",
  properties: {
    assignIpv6AddressOnCreation: refused(NO_IPV6),
    availabilityZone: served,
    availabilityZoneId: served,
    cidrBlock: served,
    customerOwnedIpv4Pool: refused(NO_OUTPOSTS),
    enableDns64: refused(NO_IPV6),
    enableLniAtDeviceIndex: refused(NO_OUTPOSTS),
    enableResourceNameDnsARecordOnLaunch: inert(NO_INSTANCES),
    enableResourceNameDnsAaaaRecordOnLaunch: inert(NO_INSTANCES),
    ipv4IpamPoolId: refused(NO_IPAM),
    ipv4NetmaskLength: refused(NO_IPAM),
    ipv6CidrBlock: refused(NO_IPV6),
    ipv6IpamPoolId: refused(NO_IPV6),
    ipv6Native: refused(NO_IPV6),
    ipv6NetmaskLength: refused(NO_IPV6),
    mapCustomerOwnedIpOnLaunch: refused(NO_OUTPOSTS),
    mapPublicIpOnLaunch: inert(NO_INSTANCES),
    outpostArn: refused(NO_OUTPOSTS),
    privateDnsHostnameTypeOnLaunch: inert(NO_INSTANCES),
    region: served,
    tags: inertTags,
    vpcId: required,
  },
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
  check({ availabilityZone, availabilityZoneId, cidrBlock }) {
    if (cidrBlock === undefined) throw new Error("`cidrBlock` is missing");
    if (availabilityZone !== undefined && availabilityZoneId !== undefined) {
      throw new Error("`availabilityZone` and `availabilityZoneId` exclude each other: set one of them");
    }
  },
  outputs(inputs, { arn }, { accountId, region }) {
    const zone = findZone(known(inputs.region) ?? region, {
      name: known(inputs.availabilityZone),
      id: known(inputs.availabilityZoneId),
    });
    return {
      arn: arn("subnet"),
      assignIpv6AddressOnCreation: false,
      availabilityZone: inputs.availabilityZone ?? zone.name,
      availabilityZoneId: inputs.availabilityZoneId ?? zone.id,
      cidrBlock: inputs.cidrBlock ?? "",
      enableDns64: false,
      enableResourceNameDnsARecordOnLaunch: inputs.enableResourceNameDnsARecordOnLaunch ?? false,
      enableResourceNameDnsAaaaRecordOnLaunch: inputs.enableResourceNameDnsAaaaRecordOnLaunch ?? false,
      ipv6CidrBlock: "",
      ipv6CidrBlockAssociationId: "",
      ipv6Native: false,
      mapPublicIpOnLaunch: inputs.mapPublicIpOnLaunch ?? false,
      ownerId: accountId,
      privateDnsHostnameTypeOnLaunch: inputs.privateDnsHostnameTypeOnLaunch ?? "ip-name",
    };
  },
  async create({ outputs: { id, vpcId, availabilityZone, cidrBlock } }, network) {
    network.putSubnet(id, vpcId, availabilityZone, cidrBlock);
    return undefined;
  },
  async delete({ outputs }, network) {
    network.deleteSubnet(outputs.id);
  },
});
