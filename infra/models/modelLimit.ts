const MIB = 1024 * 1024;

/** Memory for Node.js, ONNX Runtime and a request's tensors, in MB. */
const BASE_MB = 192;

/**
 * Lambda's `/tmp` in MB, less a small reserve:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html
 */
const TMP_MB = 512 - 16;

/**
 * Bytes of the largest model that a function can load from S3, which is also what all its models together may take:
 * loading takes up to twice a model's size, and a large one goes by way of `/tmp`.
 *
 * @param memorySize  MB.
 */
export function modelLimit(memorySize: number): number {
  return Math.max(16, Math.min(Math.floor((memorySize - BASE_MB) / 2), TMP_MB)) * MIB;
}
