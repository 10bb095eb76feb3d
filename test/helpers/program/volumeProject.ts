import { hash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type GinormousShape, makeGinormousModel } from "../../../bin/makeGinormousModel";
import { writeProject } from "./writeProject";

const ROOT = path.resolve(__dirname, "../../..");

/** Two functions of the project's own components that mount one volume and serve the model `ginormous` from it. */
const PROGRAM = `
import path from "node:path";
import { InferenceFunction } from "${ROOT}/infra/inferenceFunction";
import { bundleFunction } from "${ROOT}/infra/packaging/bundleFunction";
import { writeArchive } from "${ROOT}/infra/packaging/writeArchive";
import { readSettings } from "${ROOT}/infra/settings";
import { createSharedParts } from "${ROOT}/infra/sharedParts";

const settings = readSettings();
const shared = createSharedParts(settings);
const network = shared.network();
const { volume, sync } = shared.fileSystem();
const { files } = bundleFunction("${ROOT}/test/fixtures/functions/matmul");

const names = ["one", "two"].map((name) => {
  const reader = new InferenceFunction(name, {
    settings,
    artifacts: shared.artifacts,
    description: "Serves from the volume",
    archive: writeArchive(name, files),
    layers: [shared.onnxRuntime.arn],
    environment: {
      MODEL_VOLUME: "/mnt/models",
      MODEL_PATH: "ginormous/model.onnx",
      MODEL_CHECK_SECONDS: "0",
    },
    memorySize: 512,
    vpc: network.attachment,
    fileSystem: volume.mount("read"),
  });
  if (name === "one") sync.add("ginormous", __dirname, reader);
  return reader.function.name;
});

export const one = names[0];
export const two = names[1];
export const modelBucket = shared.modelBucket().bucket;
export const failureBucket = shared.failures().bucket.bucket;
`;

/** A project of its own with that program, and the model in its folder `model/`. */
export async function volumeProject(shape: GinormousShape, folder?: string): Promise<string> {
  const projectFiles = {
    "Pulumi.yaml": fs.readFileSync(path.join(ROOT, "Pulumi.yaml"), "utf8"),
    "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n  paddock:forceDestroy: true\n",
  };
  const project = writeProject(PROGRAM, projectFiles, folder);
  await makeGinormousModel(path.join(project, "model"), shape);
  writeCard(path.join(project, "model"));
  return project;
}

/** Writes the `card.json` of an endpoint whose folder this is in, which lists the model's files as they are now. */
export function writeCard(folder: string): void {
  const files = ["model.onnx", "weights.bin"].map((name) => {
    const bytes = fs.readFileSync(path.join(folder, name));
    return { path: name, bytes: bytes.length, sha256: hash("sha256", bytes) };
  });
  const iris = JSON.parse(fs.readFileSync(path.join(ROOT, "functions/iris/model/card.json"), "utf8"));
  const name = path.basename(path.dirname(folder));
  fs.writeFileSync(path.join(folder, "card.json"), JSON.stringify({ ...iris, name, files }));
}
