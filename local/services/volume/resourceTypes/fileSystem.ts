import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { efsId } from "../efsId";

/** An EFS file system: a folder of the local cloud. */
export const fileSystem: LegacyResourceType<Cloud> = {
  type: "aws:efs/fileSystem:FileSystem",
  inputs: [
    "availabilityZoneName",
    "creationToken",
    "encrypted",
    "kmsKeyId",
    "lifecyclePolicies",
    "performanceMode",
    "protection",
    "provisionedThroughputInMibps",
    "region",
    "tags",
    "throughputMode",
  ],
  replaceOn: ["availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode", "region"],
  check(inputs) {
    const mode = read.text(inputs, "throughputMode") ?? "bursting";
    const provisioned = read.number(inputs, "provisionedThroughputInMibps");
    if ((mode === "provisioned") !== (provisioned !== undefined)) {
      throw new Error('`throughputMode: "provisioned"` and `provisionedThroughputInMibps` belong together');
    }
    if (mode === "elastic" && inputs.performanceMode === "maxIO") {
      throw new Error('`performanceMode: "maxIO"` cannot have `throughputMode: "elastic"`');
    }
    if (inputs.kmsKeyId !== undefined && inputs.encrypted === false) {
      throw new Error("`kmsKeyId` needs `encrypted: true`");
    }
  },
  outputs(inputs, { urn }, place) {
    const id = efsId("fs", urn);
    const region = read.text(inputs, "region") ?? place.region;
    return {
      availabilityZoneId: "",
      creationToken: id,
      encrypted: false,
      kmsKeyId: inputs.encrypted
        ? `arn:aws:kms:${region}:${place.accountId}:alias/aws/elasticfilesystem`
        : "",
      lifecyclePolicies: [],
      performanceMode: "generalPurpose",
      protection: { replicationOverwrite: "ENABLED" },
      throughputMode: "bursting",
      ...inputs,
      id,
      region,
      arn: `arn:aws:elasticfilesystem:${region}:${place.accountId}:file-system/${id}`,
      dnsName: `${id}.efs.${region}.amazonaws.com`,
      name: read.text(read.object(inputs, "tags"), "Name") ?? "",
      numberOfMountTargets: 0,
      ownerId: place.accountId,
      sizeInBytes: [],
      tagsAll: inputs.tags ?? {},
    };
  },
  async create({ outputs }, { volume }) {
    volume.putFileSystem(read.required(outputs, "id"), read.required(outputs, "arn"));
    return undefined;
  },
  async delete({ outputs }, { volume }) {
    volume.deleteFileSystem(read.required(outputs, "id"));
  },
};
