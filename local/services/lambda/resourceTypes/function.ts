import type { Cloud } from "../../../cloud/cloud";
import type { Declared } from "../../../resources/declared";
import type { LegacyResourceType } from "../../../resources/legacy";
import { read } from "../../../resources/read";
import type { Properties } from "../../../resources/value";
import { checkFunction } from "../checkFunction";
import { describeCode } from "../codeInput";
import { functionInput } from "../functionInput";
import { invokeArn } from "../invokeArn";
import { validateFunctionAgainst } from "../validateFunctionAgainst";

/** A Lambda function, run from its archive in processes of its own. */
export const lambdaFunction: LegacyResourceType<Cloud> = {
  type: "aws:lambda/function:Function",
  inputs: [
    "architectures",
    "capacityProviderConfig",
    "code",
    "codeSha256",
    "codeSigningConfigArn",
    "deadLetterConfig",
    "description",
    "durableConfig",
    "environment",
    "ephemeralStorage",
    "fileSystemConfig",
    "handler",
    "imageConfig",
    "imageUri",
    "kmsKeyArn",
    "layers",
    "loggingConfig",
    "memorySize",
    "name",
    "packageType",
    "publish",
    "publishTo",
    "region",
    "replaceSecurityGroupsOnDestroy",
    "replacementSecurityGroupIds",
    "reservedConcurrentExecutions",
    "role",
    "runtime",
    "s3Bucket",
    "s3Key",
    "s3ObjectVersion",
    "skipDestroy",
    "snapStart",
    "sourceCodeHash",
    "sourceKmsKeyArn",
    "tags",
    "tenancyConfig",
    "timeout",
    "tracingConfig",
    "useResourceTimeoutForPropagation",
    "vpcConfig",
  ],
  replaceOn: ["name", "packageType", "durableConfig", "tenancyConfig", "region"],
  autoName: { property: "name", maxLength: 64 },
  assigned: ["version", "qualifiedArn", "qualifiedInvokeArn", "lastModified"],
  check: checkFunction,
  validateAgainst: validateFunctionAgainst,
  outputs(inputs, resource, place) {
    const name = read.text(inputs, "name") ?? resource.name;
    const region = read.text(inputs, "region") ?? place.region;
    const arn = `arn:aws:lambda:${region}:${place.accountId}:function:${name}`;
    // The first version: what a program refers to is resolved before anything is published.
    const version = inputs.publish === true ? "1" : "$LATEST";
    const { sha256, size } = describeCode(inputs);
    return {
      architectures: ["x86_64"],
      ephemeralStorage: { size: 512 },
      loggingConfig: { logFormat: "Text", logGroup: `/aws/lambda/${name}` },
      memorySize: 128,
      packageType: "Zip",
      publish: false,
      reservedConcurrentExecutions: -1,
      timeout: 3,
      tracingConfig: { mode: "PassThrough" },
      sourceCodeHash: sha256,
      ...inputs,
      id: name,
      name,
      region,
      arn,
      invokeArn: invokeArn(arn, region),
      responseStreamingInvokeArn: invokeArn(arn, region)
        .replace("2015-03-31", "2021-11-15")
        .replace("/invocations", "/response-streaming-invocations"),
      version,
      qualifiedArn: `${arn}:${version}`,
      qualifiedInvokeArn: invokeArn(`${arn}:${version}`, region),
      codeSha256: sha256,
      sourceCodeSize: size,
      lastModified: "1970-01-01T00:00:00.000+0000",
      signingJobArn: "",
      signingProfileVersionArn: "",
      tagsAll: inputs.tags ?? {},
    };
  },
  create: put,
  async delete(resource, cloud) {
    await cloud.lambda.deleteFunction(read.required(resource.outputs, "name"));
  },
};

async function put(resource: Declared, cloud: Cloud): Promise<Properties> {
  const configuration = functionInput(resource.outputs);
  if (configuration.fileSystem) {
    const subnetIds = read.texts(read.object(resource.outputs, "vpcConfig"), "subnetIds") ?? [];
    cloud.volume.checkMount(configuration.fileSystem.arn, subnetIds);
  }
  const published = await cloud.lambda.putFunction(configuration, {
    publish: resource.inputs.publish === true,
  });
  const reserved = read.number(resource.inputs, "reservedConcurrentExecutions") ?? -1;
  cloud.lambda.putReservedConcurrency(configuration.functionName, reserved < 0 ? undefined : reserved);
  const { version } = published;
  const arn = read.required(resource.outputs, "arn");
  const region = read.required(resource.outputs, "region");
  return {
    version,
    qualifiedArn: `${arn}:${version}`,
    qualifiedInvokeArn: invokeArn(`${arn}:${version}`, region),
    codeSha256: published.codeSha256,
    sourceCodeSize: published.codeSize,
  };
}
