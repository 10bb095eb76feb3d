import type { Cloud } from "../../../cloud/cloud";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import { checkArchiveSize } from "../checkArchiveSize";
import { codeInput, describeCode } from "../codeInput";

/** A version of a layer, unpacked to what its functions have as `/opt`. */
export const layerVersion: LegacyResourceType<Cloud> = {
  type: "aws:lambda/layerVersion:LayerVersion",
  inputs: [
    "code",
    "compatibleArchitectures",
    "compatibleRuntimes",
    "description",
    "layerName",
    "licenseInfo",
    "region",
    "s3Bucket",
    "s3Key",
    "s3ObjectVersion",
    "skipDestroy",
    "sourceCodeHash",
  ],
  replaceOn: [
    "layerName",
    "code",
    "s3Bucket",
    "s3Key",
    "s3ObjectVersion",
    "sourceCodeHash",
    "compatibleArchitectures",
    "compatibleRuntimes",
    "description",
    "licenseInfo",
    "region",
  ],
  assigned: ["id", "arn", "version"],
  check(inputs) {
    const name = read.text(inputs, "layerName");
    if (name !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
      throw new Error(`\`layerName\` "${name}" must be 1 to 64 letters, digits, hyphens and underscores`);
    }
    if (inputs.code === undefined && inputs.s3Bucket === undefined) {
      throw new Error("one of `code` and `s3Bucket` says where the layer's archive is");
    }
    checkArchiveSize(inputs);
  },
  outputs(inputs, _resource, place) {
    const region = read.text(inputs, "region") ?? place.region;
    const layerArn = `arn:aws:lambda:${region}:${place.accountId}:layer:${read.required(inputs, "layerName")}`;
    const arn = `${layerArn}:1`;
    const { sha256, size } = describeCode(inputs);
    return {
      sourceCodeHash: sha256,
      ...inputs,
      id: arn,
      region,
      arn,
      layerArn,
      version: "1",
      codeSha256: sha256,
      sourceCodeSize: size,
      createdDate: "1970-01-01T00:00:00.000+0000",
      signingJobArn: "",
      signingProfileVersionArn: "",
    };
  },
  async create(resource, cloud) {
    const code = codeInput(resource.inputs);
    if (!code) throw new Error("one of `code` and `s3Bucket` says where the layer's archive is");
    const layer = await cloud.lambda.putLayer(
      read.required(resource.inputs, "layerName"),
      code,
      // Of one that stands again after a restart.
      read.text(resource.outputs, "version"),
    );
    return {
      id: layer.arn,
      arn: layer.arn,
      version: layer.version,
      codeSha256: layer.sha256,
      sourceCodeSize: layer.size,
    };
  },
  async delete(resource, cloud) {
    cloud.lambda.deleteLayer(read.required(resource.outputs, "arn"));
  },
};
