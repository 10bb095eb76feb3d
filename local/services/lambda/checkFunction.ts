import type * as aws from "@pulumi/aws";
import type { InputsOf } from "../../resources/resourceType";
import { known, type PreviewOf } from "../../resources/value";
import { rejectLargeArchive } from "./codeInput";
import { isVariableName, RESERVED_VARIABLES } from "./variableNames";

type FunctionInputs = PreviewOf<InputsOf<typeof aws.lambda.Function>>;

/**
 * Throws for what `CreateFunction` would reject.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function checkFunction(inputs: FunctionInputs): void {
  const name = known(inputs.name);
  if (name !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(name)) {
    throw new Error(`\`name\` "${name}" must be 1 to 64 letters, digits, hyphens and underscores`);
  }
  checkWithin("memorySize", known(inputs.memorySize), 128, 10_240, "MB");
  checkWithin("timeout", known(inputs.timeout), 1, 900, "seconds");
  checkWithin("ephemeralStorage.size", known(known(inputs.ephemeralStorage)?.size), 512, 10_240, "MB");
  const layers = known(inputs.layers) ?? [];
  if (layers.length > 5) throw new Error(`\`layers\` has ${layers.length} layers; Lambda takes 5`);
  const [architecture, ...others] = known(inputs.architectures) ?? ["x86_64"];
  const wanted = known(architecture) ?? "x86_64";
  if (others.length > 0 || !/^(arm64|x86_64)$/.test(wanted)) {
    throw new Error("`architectures` must be one of arm64 and x86_64");
  }
  checkCode(inputs);
  checkEnvironment(known(known(inputs.environment)?.variables) ?? {});
  checkVpc(inputs);
  checkFileSystem(inputs);
  const { applicationLogLevel, logFormat } = known(inputs.loggingConfig) ?? {};
  if (applicationLogLevel !== undefined && logFormat === "Text") {
    throw new Error('`loggingConfig.applicationLogLevel` needs `logFormat: "JSON"`');
  }
  if ((known(known(inputs.snapStart)?.applyOn) ?? "None") !== "None") {
    throw new Error(
      "`snapStart.applyOn` must be None: Lambda has no SnapStart for Node.js from zip archives",
    );
  }
  if ((known(inputs.reservedConcurrentExecutions) ?? -1) < -1) {
    throw new Error("`reservedConcurrentExecutions` must be -1 (no reservation) or more");
  }
}

function checkCode(inputs: FunctionInputs): void {
  if ((inputs.code === undefined) === (inputs.s3Bucket === undefined)) {
    throw new Error("exactly one of `code` and `s3Bucket` says where the function's code is");
  }
  if (inputs.s3Bucket !== undefined && inputs.s3Key === undefined)
    throw new Error("`s3Bucket` needs `s3Key`");
  rejectLargeArchive(inputs);
  const packageType = known(inputs.packageType) ?? "Zip";
  if (packageType !== "Zip") {
    throw new Error(
      `\`packageType\` is "${packageType}"; the local cloud runs functions from zip archives only`,
    );
  }
  for (const property of ["handler", "runtime"] as const) {
    if (inputs[property] === undefined)
      throw new Error(`a function from a zip archive needs \`${property}\``);
  }
  const runtime = known(inputs.runtime) ?? "nodejs";
  if (!runtime.startsWith("nodejs")) {
    throw new Error(`\`runtime\` is "${runtime}"; the local cloud runs Node.js functions (nodejs24.x)`);
  }
}

function checkEnvironment(variables: Readonly<Record<string, unknown>>): void {
  let bytes = 0;
  for (const [name, value] of Object.entries(variables)) {
    if (RESERVED_VARIABLES.has(name)) {
      throw new Error(`\`environment.variables.${name}\` is a name that Lambda reserves; choose another`);
    }
    if (!isVariableName(name)) {
      throw new Error(
        `\`environment.variables\` has the name "${name}"; letters, digits and underscores only`,
      );
    }
    bytes += Buffer.byteLength(name) + (typeof value === "string" ? Buffer.byteLength(value) : 0);
  }
  if (bytes > 4096) throw new Error(`\`environment.variables\` has ${bytes} bytes; Lambda takes 4096 in all`);
}

/** Both lists empty take a function out of its VPC: https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html */
function checkVpc(inputs: FunctionInputs): void {
  const { subnetIds, securityGroupIds } = known(inputs.vpcConfig) ?? {};
  // Which ones they are is not known in a preview; how many is.
  const [subnets, groups] = [known(subnetIds), known(securityGroupIds)];
  if (!subnets || !groups || subnets.length > 0 === groups.length > 0) return;
  const missing = subnets.length === 0 ? "subnetIds" : "securityGroupIds";
  throw new Error(`\`vpcConfig.${missing}\` is empty: a function in a VPC needs subnets and security groups`);
}

function checkFileSystem(inputs: FunctionInputs): void {
  if (inputs.fileSystemConfig === undefined) return;
  const mount = known(known(inputs.fileSystemConfig)?.localMountPath);
  if (mount !== undefined && !/^\/mnt\/[a-zA-Z0-9_.-]+$/.test(mount)) {
    throw new Error(`\`fileSystemConfig.localMountPath\` "${mount}" must be /mnt/ and one name`);
  }
  if (inputs.vpcConfig === undefined)
    throw new Error("`fileSystemConfig` needs `vpcConfig`: EFS is reached in its VPC");
}

function checkWithin(
  property: string,
  value: number | undefined,
  from: number,
  to: number,
  unit: string,
): void {
  if (value === undefined || (Number.isInteger(value) && value >= from && value <= to)) return;
  throw new Error(`\`${property}\` is ${value}; Lambda takes ${from} to ${to} ${unit}`);
}
