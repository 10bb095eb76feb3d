import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, served } from "../../../resources/treatment";
import { known } from "../../../resources/value";
import { findZone } from "../../network/availabilityZones";
import { efsArn, efsId } from "../efsId";
import type { VolumeService } from "../volumeService";

const THIS_DISK = "files lie on this machine's disk, as fast and as safe as that is";

/** An EFS file system: a folder of the local cloud. */
export const fileSystem = defineType<typeof aws.efs.FileSystem, VolumeService>(
  "aws:efs/fileSystem:FileSystem",
  {
    properties: {
      availabilityZoneName: served,
      creationToken: served,
      encrypted: inert(THIS_DISK),
      kmsKeyId: inert(THIS_DISK),
      lifecyclePolicies: inert(THIS_DISK),
      performanceMode: inert(THIS_DISK),
      protection: inert("nothing is replicated here"),
      provisionedThroughputInMibps: inert(THIS_DISK),
      region: served,
      tags: served,
      throughputMode: inert(THIS_DISK),
    },
    replaceOn: ["availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode"],
    check({ throughputMode = "bursting", ...inputs }) {
      if ((throughputMode === "provisioned") !== (inputs.provisionedThroughputInMibps !== undefined)) {
        throw new Error('`throughputMode: "provisioned"` and `provisionedThroughputInMibps` belong together');
      }
      if (throughputMode === "elastic" && inputs.performanceMode === "maxIO") {
        throw new Error('`performanceMode: "maxIO"` cannot have `throughputMode: "elastic"`');
      }
      if (inputs.kmsKeyId !== undefined && inputs.encrypted === false) {
        throw new Error("`kmsKeyId` needs `encrypted: true`");
      }
    },
    outputs(inputs, { urn }, place) {
      const id = efsId("fs", urn);
      const region = known(inputs.region) ?? place.region;
      const zone = known(inputs.availabilityZoneName);
      const key = inputs.encrypted
        ? `arn:aws:kms:${region}:${place.accountId}:alias/aws/elasticfilesystem`
        : "";
      return {
        id,
        arn: efsArn("file-system", id, inputs, place),
        availabilityZoneId: zone === undefined ? "" : findZone(region, { name: zone }).id,
        availabilityZoneName: inputs.availabilityZoneName ?? "",
        creationToken: inputs.creationToken ?? id,
        dnsName: `${id}.efs.${region}.amazonaws.com`,
        encrypted: inputs.encrypted ?? false,
        kmsKeyId: inputs.kmsKeyId ?? key,
        lifecyclePolicies: inputs.lifecyclePolicies ?? [],
        name: known(inputs.tags)?.Name ?? "",
        numberOfMountTargets: 0,
        ownerId: place.accountId,
        performanceMode: inputs.performanceMode ?? "generalPurpose",
        protection: { replicationOverwrite: known(inputs.protection)?.replicationOverwrite ?? "ENABLED" },
        sizeInBytes: [],
        tagsAll: inputs.tags ?? {},
        throughputMode: inputs.throughputMode ?? "bursting",
      };
    },
    async create({ outputs: { id, arn, availabilityZoneName } }, volume) {
      volume.putFileSystem(id, arn, availabilityZoneName || undefined);
      return undefined;
    },
    async delete({ outputs }, volume) {
      volume.deleteFileSystem(outputs.id);
    },
  },
);
