import { hash } from "node:crypto";
import { pathToFileURL } from "node:url";
import type { CodeSource } from "./functionConfiguration";
import type { FunctionVersion } from "./functionVersion";

/**
 * Describes a version as GetFunction and GetFunctionConfiguration do; ListFunctions leaves out its state, as recorded.
 *
 * @param arn  As the caller named it, with its qualifier.
 */
export function describeActiveFunction(version: FunctionVersion, arn: string): object {
  return { ...describeFunction(version, arn), State: "Active", LastUpdateStatus: "Successful" };
}

/**
 * `FunctionConfiguration` of Lambda's API, without what the local cloud has no value for (`RuntimeVersionConfig`).
 *
 * @param arn  As the caller named it, with its qualifier.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html
 */
export function describeFunction(version: FunctionVersion, arn: string): object {
  const { configuration, digest } = version;
  const { fileSystem, layers, vpcConfig } = configuration;
  return {
    FunctionName: configuration.functionName,
    FunctionArn: arn,
    Runtime: configuration.runtime,
    Role: configuration.role,
    Handler: configuration.handler,
    CodeSize: version.codeSize,
    Description: configuration.description ?? "",
    Timeout: configuration.timeout,
    MemorySize: configuration.memorySize,
    LastModified: version.lastModified,
    CodeSha256: version.codeSha256,
    Version: version.version,
    ...(vpcConfig && {
      VpcConfig: {
        SubnetIds: vpcConfig.subnetIds,
        SecurityGroupIds: vpcConfig.securityGroupIds,
        VpcId: vpcConfig.vpcId,
      },
    }),
    ...(Object.keys(configuration.environment).length > 0 && {
      Environment: { Variables: configuration.environment },
    }),
    TracingConfig: { Mode: configuration.tracingMode ?? "PassThrough" },
    RevisionId: revisionId([version.version, digest]),
    ...(layers.length > 0 && { Layers: layers.map((layer) => ({ Arn: layer })) }),
    ...(fileSystem && {
      FileSystemConfigs: [{ Arn: fileSystem.arn, LocalMountPath: fileSystem.localMountPath }],
    }),
    PackageType: "Zip",
    Architectures: configuration.architectures ?? ["x86_64"],
    EphemeralStorage: { Size: configuration.ephemeralStorage ?? 512 },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    LoggingConfig: {
      LogFormat: configuration.logFormat,
      ...(configuration.applicationLogLevel !== undefined && {
        ApplicationLogLevel: configuration.applicationLogLevel,
      }),
      LogGroup: configuration.logGroup,
    },
  };
}

/** A UUID that changes with what it is made of. */
export function revisionId(parts: readonly unknown[]): string {
  return hash("sha256", JSON.stringify(parts)).replace(
    /^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/,
    "$1-$2-$3-$4-$5",
  );
}

/** The archive's location; a file's address for one of this machine, where AWS has a presigned one. */
export function describeCodeLocation(code: CodeSource): object {
  const location =
    "archive" in code ? pathToFileURL(code.archive).href : `s3://${code.s3Bucket}/${code.s3Key}`;
  return { RepositoryType: "S3", Location: location };
}
