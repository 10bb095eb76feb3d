import fs from "node:fs";
import path from "node:path";
import { bundleFunction } from "../../infra/packaging/bundleFunction";
import { PROJECT_ROOT } from "../../infra/packaging/paths";
import { type ArchiveFiles, writeArchive } from "../../infra/packaging/writeArchive";
import type { FloorName } from "./footprint";
import type { Counts } from "./kinds";
import type { Subject } from "./subject";

const HANDLERS: Readonly<Record<FloorName, string>> = { "Node.js": "node", "ONNX Runtime": "onnxRuntime" };

export interface Floor {
  readonly subject: Subject;
  /** Counts of its archive. */
  readonly archive: Counts;
}

/**
 * Bundles the least that could answer in an endpoint's place, as the endpoint is bundled, with its model where the
 * endpoint's archive has it.
 *
 * @param folder  Where its files are put.
 */
export function floorOf(endpoint: Subject, handler: FloorName, folder: string): Floor {
  const name = `floor-${HANDLERS[handler]}-${endpoint.name}`;
  const { files } = bundleFunction(path.join(__dirname, "floors", HANDLERS[handler]));
  const model: ArchiveFiles =
    handler === "ONNX Runtime" ? { "model.onnx": fs.readFileSync(modelOf(endpoint.name)) } : {};
  const task = path.join(folder, name);
  fs.mkdirSync(task);
  for (const [file, bytes] of Object.entries({ ...files, ...model }))
    fs.writeFileSync(path.join(task, file), bytes);
  const environment = { ...endpoint.environment, LAMBDA_TASK_ROOT: task, MODEL_FILE: "model.onnx" };
  const isBundled = endpoint.environment.MODEL_FILE !== undefined;
  return {
    subject: { ...endpoint, name, environment },
    archive: archiveCounts(name, isBundled ? { ...files, ...model } : files),
  };
}

function archiveCounts(name: string, files: ArchiveFiles): Counts {
  const { zippedSize, unzippedSize } = writeArchive(name, files);
  return { zipped: zippedSize, unzipped: unzippedSize };
}

/** The first model in ONNX's own format below an endpoint's folder; where its models are packed, the one of `iris`. */
function modelOf(endpoint: string): string {
  const folder = path.join(PROJECT_ROOT, "functions", endpoint, "model");
  const found = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .find((file) => file.endsWith(".onnx"));
  return found === undefined ? modelOf("iris") : path.join(folder, found);
}
