import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { efsId } from "../efsId";

const INPUTS = [
  "fileSystemId",
  "ipAddress",
  "ipAddressType",
  "ipv6Address",
  "region",
  "securityGroups",
  "subnetId",
];

/** Where a file system is reached from one availability zone. */
export const mountTarget: LegacyResourceType<Cloud> = {
  type: "aws:efs/mountTarget:MountTarget",
  inputs: INPUTS,
  replaceOn: INPUTS.filter((property) => property !== "securityGroups"),
  check(inputs) {
    const groups = read.texts(inputs, "securityGroups");
    if (groups && groups.length > 5) {
      throw new Error(`\`securityGroups\` has ${groups.length} groups; EFS takes 5`);
    }
  },
  outputs(inputs, { urn }, place) {
    const id = efsId("fsmt", urn);
    const region = read.text(inputs, "region") ?? place.region;
    const fileSystemId = read.text(inputs, "fileSystemId");
    const dnsName = `${fileSystemId}.efs.${region}.amazonaws.com`;
    return {
      ipAddress: "10.0.0.5",
      ipAddressType: "IPV4_ONLY",
      ipv6Address: "",
      securityGroups: [],
      ...inputs,
      id,
      region,
      availabilityZoneId: "az1",
      availabilityZoneName: `${region}a`,
      dnsName,
      fileSystemArn: `arn:aws:elasticfilesystem:${region}:${place.accountId}:file-system/${fileSystemId}`,
      mountTargetDnsName: `${region}a.${dnsName}`,
      networkInterfaceId: `eni-${id.slice("fsmt-".length)}`,
      ownerId: place.accountId,
    };
  },
  async create({ outputs }, { network, volume }) {
    const subnetId = read.required(outputs, "subnetId");
    volume.putMountTarget(read.required(outputs, "id"), read.required(outputs, "fileSystemId"), subnetId);
    const zone = network.zoneOf(subnetId);
    return zone === undefined ? undefined : { availabilityZoneName: zone };
  },
  async delete({ outputs }, { volume }) {
    volume.deleteMountTarget(read.required(outputs, "id"));
  },
};
