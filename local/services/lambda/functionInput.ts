import { read } from "../../resources/read";
import type { Properties } from "../../resources/value";
import { codeInput } from "./codeInput";
import type { FunctionConfiguration } from "./functionConfiguration";

/** A Function's properties, defaults filled in, as the local cloud runs it; throws for what it cannot run. */
export function functionInput(properties: Properties): FunctionConfiguration {
  const functionName = read.required(properties, "name");
  const runtime = read.text(properties, "runtime") ?? "";
  const code = codeInput(properties);
  if (!code)
    throw new Error("the local cloud runs functions from zip archives: `code`, or `s3Bucket` and `s3Key`");
  if (!runtime.startsWith("nodejs")) {
    throw new Error(`\`runtime\` is "${runtime}"; the local cloud runs Node.js functions (nodejs24.x)`);
  }
  const logging = read.object(properties, "loggingConfig");
  const fileSystem = read.object(properties, "fileSystemConfig");
  const arn = read.text(fileSystem, "arn");
  const localMountPath = read.text(fileSystem, "localMountPath");
  return {
    functionName,
    runtime,
    code,
    role: read.required(properties, "role"),
    handler: read.required(properties, "handler"),
    layers: read.texts(properties, "layers") ?? [],
    environment: read.object(read.object(properties, "environment"), "variables") as Record<string, string>,
    memorySize: read.number(properties, "memorySize") ?? 128,
    timeout: read.number(properties, "timeout") ?? 3,
    ...(arn !== undefined && localMountPath !== undefined && { fileSystem: { arn, localMountPath } }),
    logGroup: read.text(logging, "logGroup") ?? `/aws/lambda/${functionName}`,
    logFormat: read.text(logging, "logFormat") === "JSON" ? "JSON" : "Text",
    applicationLogLevel: read.text(logging, "applicationLogLevel"),
  };
}
