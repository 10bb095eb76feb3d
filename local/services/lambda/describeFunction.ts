import { pathToFileURL } from "node:url";
import type { CodeSource } from "./functionConfiguration";
import type { FunctionVersion } from "./functionVersion";

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
    RevisionId: digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    ...(layers.length > 0 && { Layers: layers.map((layer) => ({ Arn: layer })) }),
    State: "Active",
    LastUpdateStatus: "Successful",
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

/** Where the archive lies; a file's address for one of this machine, where AWS has a presigned one. */
export function describeCodeLocation(code: CodeSource): object {
  const location =
    "archive" in code ? pathToFileURL(code.archive).href : `s3://${code.s3Bucket}/${code.s3Key}`;
  return { RepositoryType: "S3", Location: location };
}
