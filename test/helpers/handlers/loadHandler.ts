import path from "node:path";

const FUNCTIONS = path.resolve(__dirname, "../../../functions");

/**
 * Loads an endpoint's handler as a new instance of Lambda would: with its environment set before, and with modules of
 * its own, since those keep clients, models and settings for as long as they live.
 */
export function loadHandler(name: string, environment: Record<string, string> = {}) {
  const folder = path.join(FUNCTIONS, name);
  Object.assign(process.env, { LAMBDA_TASK_ROOT: folder, MODEL_FILE: "model/model.onnx", ...environment });
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(FUNCTIONS + path.sep)) delete require.cache[file];
  }
  return require(folder).handler as (event: unknown, context?: { awsRequestId: string }) => Promise<unknown>;
}
