import path from "node:path";

/** Loads an endpoint's handler as Lambda would: with its environment set before. */
export function loadHandler(name: string, environment: Record<string, string> = {}) {
  const folder = path.resolve(__dirname, "../../functions", name);
  Object.assign(process.env, { LAMBDA_TASK_ROOT: folder, MODEL_FILE: "model/model.onnx", ...environment });
  return require(folder).handler as (event: unknown, context?: { awsRequestId: string }) => Promise<unknown>;
}
