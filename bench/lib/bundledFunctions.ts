import fs from "node:fs";
import path from "node:path";
import { build } from "../../infra/packaging/bundleCache";
import { bundleFunction } from "../../infra/packaging/bundleFunction";
import {
  NATIVE_MODULE,
  ONNXRUNTIME_DIR,
  onnxRuntimeJavaScript,
} from "../../infra/packaging/onnxRuntimeJavaScript";
import { PROJECT_ROOT } from "../../infra/packaging/paths";
import type { FunctionCommand } from "./functionProcess";

const PEERS = path.resolve(__dirname, "../peers");

/** The ways in which an endpoint's model is served in Node.js. */
export interface BundledFunctions {
  /** The function as it is deployed. */
  readonly onnxRuntime: FunctionCommand;
  /** The same with `evaluator: "javascript"`. */
  readonly evaluator: FunctionCommand;
  /** The same model in a handler of a few lines, bundled the same way. */
  readonly bare: FunctionCommand;
  /** Node.js and the runtime loop, whose responses are empty. */
  readonly empty: FunctionCommand;
}

/** Puts an endpoint's archive and layer where Lambda would, and the handlers that it is compared with. */
export function bundledFunctions(endpoint: string, folder: string): BundledFunctions {
  const source = path.join(PROJECT_ROOT, "functions", endpoint);
  const task = path.join(folder, "task");
  fs.cpSync(path.join(source, "model"), path.join(task, "model"), { recursive: true });
  write(task, bundleFunction(source).files);

  writeLayer(folder);
  for (const peer of ["runtimeLoop", "onnxHandler"]) write(folder, bundlePeer(peer));
  const loop = path.join(folder, "runtimeLoop.js");
  const command = (handler: string[], environment: Record<string, string>): FunctionCommand => ({
    file: process.execPath,
    args: [loop, ...handler],
    environment: { NODE_PATH: path.join(folder, "layer"), ORT_DISABLE_TELEMETRY: "1", ...environment },
    logFile: path.join(folder, "log"),
  });
  // Those of a deployed function: `infra/inferenceFunction.ts`.
  const deployed = {
    AWS_LAMBDA_FUNCTION_NAME: endpoint,
    LAMBDA_TASK_ROOT: task,
    METRICS_NAMESPACE: "paddock",
    MODEL_FILE: "model/model.onnx",
  };
  const handler = [path.join(task, "index.js")];
  return {
    onnxRuntime: command(handler, deployed),
    evaluator: command(handler, { ...deployed, MODEL_EVALUATOR: "javascript" }),
    bare: command([path.join(folder, "onnxHandler.js")], modelVariables(endpoint)),
    empty: command([], {}),
  };
}

/** Environment of the peers that serve a model of rows: the file, and the names of its columns in a request. */
export function modelVariables(endpoint: string): Record<string, string> {
  const folder = path.join(PROJECT_ROOT, "functions", endpoint, "model");
  const card = JSON.parse(fs.readFileSync(path.join(folder, "card.json"), "utf8"));
  return { MODEL_FILE: path.join(folder, "model.onnx"), FEATURES: card.inputs[0].labels.join(",") };
}

/** Puts ONNX Runtime's native part where a layer would have it: `layer/`, a folder of `NODE_PATH`. */
export function writeLayer(folder: string): void {
  const layer = path.join(folder, "layer", NATIVE_MODULE);
  const native = path.join(ONNXRUNTIME_DIR, "bin/napi-v6", process.platform, process.arch);
  fs.cpSync(native, layer, { recursive: true });
  write(layer, { "package.json": Buffer.from('{"main":"onnxruntime_binding.node"}') });
}

/** A bundle as the project makes its own: minified, with onnxruntime-node's JavaScript in it. */
export function bundlePeer(name: string): Readonly<Record<string, Uint8Array>> {
  return build(path.join(PEERS, `${name}.ts`), {
    absWorkingDir: PROJECT_ROOT,
    outfile: `${name}.js`,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    mainFields: ["module", "main"],
    alias: { "onnxruntime-node": onnxRuntimeJavaScript() },
    external: [NATIVE_MODULE],
  }).outputs;
}

export function write(folder: string, files: Readonly<Record<string, Uint8Array>>): void {
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), bytes);
}
