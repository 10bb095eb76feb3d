import type * as aws from "@pulumi/aws";
import { defineType } from "../../../resources/resourceType";
import { inert, required, served } from "../../../resources/treatment";
import { known, preview } from "../../../resources/value";
import { codeOf, describeCode, rejectLargeArchive } from "../codeInput";
import type { LambdaService } from "../lambdaService";

/** A version of a layer, unpacked to what its functions have as `/opt`. */
export const layerVersion = defineType<typeof aws.lambda.LayerVersion, LambdaService>(
  "aws:lambda/layerVersion:LayerVersion",
  {
    properties: {
      code: served,
      compatibleArchitectures: served,
      compatibleRuntimes: inert("Lambda itself only lists layers by it"),
      description: inert("only the console shows it"),
      layerName: required,
      licenseInfo: inert("only the console shows it"),
      region: served,
      s3Bucket: served,
      s3Key: served,
      s3ObjectVersion: served,
      skipDestroy: served,
      sourceCodeHash: served,
    },
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
    ],
    assigned: ["id", "arn", "version"],
    check(inputs) {
      const name = known(inputs.layerName);
      if (name !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
        throw new Error(`\`layerName\` "${name}" must be 1 to 64 letters, digits, hyphens and underscores`);
      }
      if (inputs.code === undefined && inputs.s3Bucket === undefined) {
        throw new Error("one of `code` and `s3Bucket` says where the layer's archive is");
      }
      rejectLargeArchive(inputs);
    },
    outputs(inputs, _resource, place) {
      const { region } = place;
      const layerArn = preview`arn:aws:lambda:${region}:${place.accountId}:layer:${inputs.layerName}`;
      const arn = preview`${layerArn}:1`;
      const { sha256, size } = describeCode(inputs);
      return {
        sourceCodeHash: inputs.sourceCodeHash ?? sha256,
        id: arn,
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
    async create({ inputs, outputs }, lambda) {
      const layer = await lambda.putLayer(
        inputs.layerName,
        codeOf(inputs),
        // After a restart the same version is made again.
        outputs.version,
      );
      return {
        id: layer.arn,
        arn: layer.arn,
        version: layer.version,
        codeSha256: layer.sha256,
        sourceCodeSize: layer.size,
      };
    },
    async delete({ inputs, outputs }, lambda) {
      if (!inputs.skipDestroy) lambda.deleteLayer(outputs.arn);
    },
  },
);
