import type * as aws from "@pulumi/aws";
import { defineType, type LiveOf } from "../../../resources/resourceType";
import { inert, nested, refused, required, served } from "../../../resources/treatment";
import { known, preview, UNKNOWN } from "../../../resources/value";
import { checkFunction } from "../checkFunction";
import { codeOf, describeCode } from "../codeInput";
import type { FunctionConfiguration } from "../functionConfiguration";
import { invokeArn } from "../invokeArn";
import type { LambdaService } from "../lambdaService";
import { validateFunctionAgainst } from "../validateFunctionAgainst";

const noImages = refused("it runs functions from zip archives only");
const noEncryption = inert("nothing is encrypted on this machine");
const noFirewall = inert("functions reach the network as this machine does");

/** A Lambda function, run from its archive in processes of its own. */
export const lambdaFunction = defineType<typeof aws.lambda.Function, LambdaService>(
  "aws:lambda/function:Function",
  {
    properties: {
      architectures: served,
      capacityProviderConfig: refused("it has no Lambda Managed Instances"),
      code: served,
      codeSha256: served,
      codeSigningConfigArn: refused("it does not verify signatures of code"),
      deadLetterConfig: refused(
        "it has neither queues nor topics; a FunctionEventInvokeConfig keeps failed events in a bucket",
      ),
      description: served,
      durableConfig: refused("it has no durable executions"),
      environment: nested({ variables: served }),
      ephemeralStorage: nested({ size: inert("/tmp is a folder of this machine, which has no limit") }),
      fileSystemConfig: nested({ arn: required, localMountPath: required }),
      handler: served,
      imageConfig: noImages,
      imageUri: noImages,
      kmsKeyArn: noEncryption,
      layers: served,
      loggingConfig: nested({
        applicationLogLevel: served,
        logFormat: required,
        logGroup: served,
        systemLogLevel: inert("the local cloud always logs START, END and REPORT"),
      }),
      memorySize: served,
      name: served,
      packageType: served,
      publish: served,
      publishTo: refused("it has no Lambda Managed Instances"),
      region: served,
      replaceSecurityGroupsOnDestroy: noFirewall,
      replacementSecurityGroupIds: noFirewall,
      reservedConcurrentExecutions: served,
      role: required,
      runtime: served,
      s3Bucket: served,
      s3Key: served,
      s3ObjectVersion: served,
      skipDestroy: served,
      snapStart: nested({ applyOn: required, optimizationStatus: served }),
      sourceCodeHash: served,
      sourceKmsKeyArn: noEncryption,
      tags: served,
      tenancyConfig: refused("it has no tenants"),
      timeout: served,
      tracingConfig: nested({ mode: inert("there is no X-Ray to send traces to") }),
      useResourceTimeoutForPropagation: inert("changes are seen at once"),
      vpcConfig: nested({
        ipv6AllowedForDualStack: noFirewall,
        securityGroupIds: noFirewall,
        subnetIds: required,
        vpcId: inert("it follows from the subnets"),
      }),
    },
    replaceOn: ["name", "packageType", "durableConfig", "tenancyConfig"],
    autoName: { property: "name", maxLength: 64 },
    assigned: ["version", "qualifiedArn", "qualifiedInvokeArn", "lastModified"],
    check: checkFunction,
    validateAgainst: validateFunctionAgainst,
    outputs(inputs, resource, place) {
      const name = inputs.name ?? resource.name;
      const { region } = place;
      const arn = preview`arn:aws:lambda:${region}:${place.accountId}:function:${name}`;
      // The first version: what a program refers to is resolved before anything is published.
      const version = inputs.publish === true ? "1" : "$LATEST";
      const { sha256, size } = describeCode(inputs);
      return {
        memorySize: inputs.memorySize ?? 128,
        packageType: inputs.packageType ?? "Zip",
        publish: inputs.publish ?? false,
        reservedConcurrentExecutions: inputs.reservedConcurrentExecutions ?? -1,
        timeout: inputs.timeout ?? 3,
        capacityProviderConfig: undefined,
        architectures: inputs.architectures ?? ["x86_64"],
        ephemeralStorage: { size: known(inputs.ephemeralStorage)?.size ?? 512 },
        loggingConfig: {
          ...known(inputs.loggingConfig),
          logFormat: known(inputs.loggingConfig)?.logFormat ?? "Text",
          logGroup: known(inputs.loggingConfig)?.logGroup ?? preview`/aws/lambda/${name}`,
        },
        snapStart: inputs.snapStart && { optimizationStatus: "Off", applyOn: "None" },
        tracingConfig: inputs.tracingConfig ?? { mode: "PassThrough" },
        vpcConfig:
          inputs.vpcConfig === UNKNOWN ? UNKNOWN : inputs.vpcConfig && { ...inputs.vpcConfig, vpcId: "" },
        id: name,
        name,
        arn,
        invokeArn: invokeArn(arn, region),
        responseStreamingInvokeArn: preview`arn:aws:apigateway:${region}:lambda:path/2021-11-15/functions/${arn}/response-streaming-invocations`,
        version,
        qualifiedArn: preview`${arn}:${version}`,
        qualifiedInvokeArn: invokeArn(preview`${arn}:${version}`, region),
        codeSha256: sha256,
        sourceCodeHash: inputs.sourceCodeHash ?? sha256,
        sourceCodeSize: size,
        lastModified: "1970-01-01T00:00:00.000+0000",
        signingJobArn: "",
        signingProfileVersionArn: "",
        tagsAll: inputs.tags ?? {},
      };
    },
    async create({ inputs, outputs }, lambda) {
      const vpcConfig = inputs.vpcConfig && {
        ...inputs.vpcConfig,
        vpcId: lambda.vpcIdOf(inputs.vpcConfig.subnetIds),
      };
      const configuration = { ...configurationOf(inputs, outputs), vpcConfig };
      const { version, codeSha256, codeSize } = await lambda.putFunction(configuration, {
        publish: inputs.publish === true,
      });
      const reserved = inputs.reservedConcurrentExecutions ?? -1;
      lambda.putReservedConcurrency(outputs.name, reserved < 0 ? undefined : reserved);
      const { arn, region } = outputs;
      return {
        version,
        qualifiedArn: `${arn}:${version}`,
        qualifiedInvokeArn: invokeArn(`${arn}:${version}`, region),
        codeSha256,
        sourceCodeSize: codeSize,
        ...(vpcConfig && { vpcConfig }),
      };
    },
    async delete({ inputs, outputs }, lambda) {
      if (!inputs.skipDestroy) await lambda.deleteFunction(outputs.name);
    },
  },
);

function configurationOf(
  inputs: LiveOf<typeof aws.lambda.Function>["inputs"],
  outputs: LiveOf<typeof aws.lambda.Function>["outputs"],
): FunctionConfiguration {
  const { handler, runtime = "", fileSystemConfig, vpcConfig } = inputs;
  const { loggingConfig, memorySize = 128, name, timeout = 3 } = outputs;
  return {
    functionName: name,
    runtime,
    code: codeOf(inputs),
    role: inputs.role,
    handler: handler ?? "",
    layers: inputs.layers ?? [],
    environment: inputs.environment?.variables ?? {},
    memorySize,
    timeout,
    ...(fileSystemConfig && {
      fileSystem: { ...fileSystemConfig, subnetIds: vpcConfig?.subnetIds ?? [] },
    }),
    logGroup: loggingConfig.logGroup,
    logFormat: loggingConfig.logFormat === "JSON" ? "JSON" : "Text",
    applicationLogLevel: loggingConfig.applicationLogLevel,
    description: inputs.description,
    architectures: outputs.architectures,
    ephemeralStorage: outputs.ephemeralStorage.size,
    tracingMode: outputs.tracingConfig.mode,
    tags: inputs.tags,
  };
}
