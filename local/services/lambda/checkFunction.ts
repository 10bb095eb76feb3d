import { read } from "../../resources/read";
import type { Properties } from "../../resources/value";
import { checkArchiveSize } from "./checkArchiveSize";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const reservedNames = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
  "AWS_LAMBDA_MAX_CONCURRENCY",
  "AWS_LAMBDA_METADATA_API",
  "AWS_LAMBDA_METADATA_TOKEN",
]);

/**
 * Throws for what `CreateFunction` would refuse.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function checkFunction(inputs: Properties): void {
  const name = read.text(inputs, "name");
  if (name !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
    throw new Error(`\`name\` "${name}" must be 1 to 64 letters, digits, hyphens and underscores`);
  }
  within(inputs, "memorySize", 128, 10_240, "MB");
  within(inputs, "timeout", 1, 900, "seconds");
  within(read.object(inputs, "ephemeralStorage"), "size", 512, 10_240, "MB", "ephemeralStorage.size");
  const layers = read.texts(inputs, "layers");
  if (layers && layers.length > 5) throw new Error(`\`layers\` has ${layers.length} layers; Lambda takes 5`);
  const architectures = read.texts(inputs, "architectures");
  if (architectures && (architectures.length !== 1 || !/^(arm64|x86_64)$/.test(architectures[0] ?? ""))) {
    throw new Error("`architectures` must be one of arm64 and x86_64");
  }
  checkCode(inputs);
  checkEnvironment(read.object(read.object(inputs, "environment"), "variables"));
  checkVpc(inputs);
  checkFileSystem(inputs);
  const logging = read.object(inputs, "loggingConfig");
  if (logging.applicationLogLevel !== undefined && logging.logFormat === "Text") {
    throw new Error('`loggingConfig.applicationLogLevel` needs `logFormat: "JSON"`');
  }
  const reserved = read.number(inputs, "reservedConcurrentExecutions");
  if (reserved !== undefined && reserved < -1) {
    throw new Error("`reservedConcurrentExecutions` must be -1 (no reservation) or more");
  }
}

function checkCode(inputs: Properties): void {
  const sources = ["code", "imageUri", "s3Bucket"].filter((source) => inputs[source] !== undefined);
  if (sources.length !== 1) {
    throw new Error("exactly one of `code`, `imageUri` and `s3Bucket` says where the function's code is");
  }
  if (inputs.s3Bucket !== undefined && inputs.s3Key === undefined)
    throw new Error("`s3Bucket` needs `s3Key`");
  checkArchiveSize(inputs);
  if (inputs.imageUri !== undefined) return;
  for (const property of ["handler", "runtime"]) {
    if (inputs[property] === undefined)
      throw new Error(`a function from a zip archive needs \`${property}\``);
  }
}

function checkEnvironment(variables: Properties): void {
  let bytes = 0;
  for (const [name, value] of Object.entries(variables)) {
    if (reservedNames.has(name)) {
      throw new Error(`\`environment.variables.${name}\` is a name that Lambda reserves; choose another`);
    }
    if (!/^[A-Za-z][A-Za-z0-9_]+$/.test(name)) {
      throw new Error(
        `\`environment.variables\` has the name "${name}"; letters, digits and underscores only`,
      );
    }
    bytes += Buffer.byteLength(name) + (typeof value === "string" ? Buffer.byteLength(value) : 0);
  }
  if (bytes > 4096) throw new Error(`\`environment.variables\` has ${bytes} bytes; Lambda takes 4096 in all`);
}

/** Both lists empty take a function out of its VPC: https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html */
function checkVpc(inputs: Properties): void {
  const config = read.object(inputs, "vpcConfig");
  // Which ones they are is not known in a preview; how many is.
  const [subnets, groups] = [config.subnetIds, config.securityGroupIds];
  if (!Array.isArray(subnets) || !Array.isArray(groups) || subnets.length > 0 === groups.length > 0) return;
  const missing = subnets.length === 0 ? "subnetIds" : "securityGroupIds";
  throw new Error(`\`vpcConfig.${missing}\` is empty: a function in a VPC needs subnets and security groups`);
}

function checkFileSystem(inputs: Properties): void {
  if (inputs.fileSystemConfig === undefined) return;
  const mount = read.text(read.object(inputs, "fileSystemConfig"), "localMountPath");
  if (mount !== undefined && !/^\/mnt\/[a-zA-Z0-9_.-]+$/.test(mount)) {
    throw new Error(`\`fileSystemConfig.localMountPath\` "${mount}" must be /mnt/ and one name`);
  }
  if (inputs.vpcConfig === undefined)
    throw new Error("`fileSystemConfig` needs `vpcConfig`: EFS is reached in its VPC");
}

function within(of: Properties, name: string, from: number, to: number, unit: string, label = name): void {
  const value = read.number(of, name);
  if (value === undefined || (Number.isInteger(value) && value >= from && value <= to)) return;
  throw new Error(`\`${label}\` is ${value}; Lambda takes ${from} to ${to} ${unit}`);
}
