import type { FunctionVersion } from "./functionVersion";

/**
 * The variables that Lambda itself sets for a function, whose names a function may not declare, with this machine's
 * folders in place of `/var/task` and `/var/runtime`. What is added beyond them is in `localEnvironment.ts`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function lambdaEnvironment(
  version: FunctionVersion,
  instance: {
    readonly region: string;
    readonly runtimeApi: string;
    readonly runtimeFolder: string;
    readonly logStream: string;
    readonly initializationType: "on-demand" | "provisioned-concurrency";
  },
): Record<string, string> {
  const { configuration, taskRoot } = version;
  return {
    AWS_EXECUTION_ENV: `AWS_Lambda_${configuration.runtime}`,
    AWS_REGION: instance.region,
    AWS_DEFAULT_REGION: instance.region,
    AWS_LAMBDA_FUNCTION_NAME: configuration.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: version.version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(configuration.memorySize),
    AWS_LAMBDA_INITIALIZATION_TYPE: instance.initializationType,
    // Not set for the format Text, as recorded.
    ...(configuration.logFormat === "JSON" && { AWS_LAMBDA_LOG_FORMAT: configuration.logFormat }),
    ...(configuration.applicationLogLevel && { AWS_LAMBDA_LOG_LEVEL: configuration.applicationLogLevel }),
    AWS_LAMBDA_LOG_GROUP_NAME: configuration.logGroup,
    AWS_LAMBDA_LOG_STREAM_NAME: instance.logStream,
    // Nothing listens there: spans are dropped, as on Lambda where nothing samples the request.
    AWS_XRAY_CONTEXT_MISSING: "LOG_ERROR",
    AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:2000",
    _AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1",
    _AWS_XRAY_DAEMON_PORT: "2000",
    AWS_LAMBDA_RUNTIME_API: instance.runtimeApi,
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: instance.runtimeFolder,
    _HANDLER: configuration.handler,
    TZ: ":UTC",
    LANG: "en_US.UTF-8",
    PATH: "/usr/local/bin:/usr/bin:/bin:/opt/bin",
  };
}
