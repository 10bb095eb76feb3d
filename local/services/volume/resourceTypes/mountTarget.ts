import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, refused, required, served } from "../../../resources/treatment";
import { known } from "../../../resources/value";
import { findZone } from "../../network/availabilityZones";
import { NO_FILTER, NO_IPV6 } from "../../network/reasons";
import { efsArn, efsId } from "../efsId";
import type { VolumeService } from "../volumeService";

/** The way to a file system from one availability zone. */
export const mountTarget = defineType<typeof aws.efs.MountTarget, VolumeService>(
  "aws:efs/mountTarget:MountTarget",
  {
    properties: {
      fileSystemId: required,
      ipAddress: served,
      ipAddressType: served,
      ipv6Address: refused(NO_IPV6),
      region: served,
      securityGroups: inert(NO_FILTER),
      subnetId: required,
    },
    replaceOn: ["fileSystemId", "ipAddress", "ipAddressType", "ipv6Address", "subnetId"],
    check({ ipAddressType, securityGroups }) {
      const groups = known(securityGroups);
      if (groups && groups.length > 5) {
        throw new Error(`\`securityGroups\` has ${groups.length} groups; EFS takes 5`);
      }
      const type = known(ipAddressType);
      if (type !== undefined && type !== "IPV4_ONLY") {
        throw new Error(`\`ipAddressType\` is ${type}: ${NO_IPV6}, so only IPV4_ONLY is served`);
      }
    },
    outputs(inputs, { urn }, place) {
      const id = efsId("fsmt", urn);
      const region = known(inputs.region) ?? place.region;
      const zone = findZone(region, {});
      const fileSystemId = known(inputs.fileSystemId);
      const dnsName = `${fileSystemId}.efs.${region}.amazonaws.com`;
      return {
        id,
        availabilityZoneId: zone.id,
        availabilityZoneName: zone.name,
        dnsName,
        fileSystemArn: efsArn("file-system", fileSystemId, inputs, place),
        ipAddress: inputs.ipAddress ?? "10.0.0.5",
        ipAddressType: inputs.ipAddressType ?? "IPV4_ONLY",
        ipv6Address: "",
        mountTargetDnsName: `${zone.name}.${dnsName}`,
        networkInterfaceId: `eni-${id.slice("fsmt-".length)}`,
        ownerId: place.accountId,
        securityGroups: inputs.securityGroups ?? [],
      };
    },
    async create({ outputs: { id, fileSystemId, subnetId, region, dnsName } }, volume) {
      const zoneName = volume.putMountTarget(id, fileSystemId, subnetId);
      if (zoneName === undefined) return undefined;
      return {
        availabilityZoneId: findZone(region, { name: zoneName }).id,
        availabilityZoneName: zoneName,
        mountTargetDnsName: `${zoneName}.${dnsName}`,
      };
    },
    async delete({ outputs }, volume) {
      volume.deleteMountTarget(outputs.id);
    },
  },
);
