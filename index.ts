import { BatchScoring } from "./infra/batchScoring";
import { Endpoint } from "./infra/endpoint";
import { InferenceApi } from "./infra/inferenceApi";
import { createOverview } from "./infra/operations/overview";
import { readSettings } from "./infra/settings";
import { createSharedParts } from "./infra/sharedParts";
import { stackOutputs } from "./infra/stackOutputs";

const settings = readSettings();
const shared = createSharedParts(settings);

const endpoints = [
  new Endpoint("iris", { shared, model: { source: "bundle" } }),
  new Endpoint("breast-cancer", { shared, model: { source: "bundle" } }),
  new Endpoint("pricing", {
    shared,
    model: {
      source: "s3",
      bucketVariable: "OUTPUT_BUCKET",
      keyVariable: "MODEL_PATH",
      key: settings.existingModels?.modelPath,
      prefixes: ["breeds/"],
    },
  }),
  new Endpoint("image-validation", { shared, model: { source: "volume" }, uploads: "read" }),
  new Endpoint("smoke-segmentation", {
    shared,
    model: { source: "sagemaker", endpointName: settings.endpointName },
    paths: ["smoke-segmentation", "smoke-segmentation/uploads"],
    uploads: "read-write",
    memorySize: 3008,
  }),
  new Endpoint("open-inference", {
    shared,
    model: { source: "s3", prefixes: ["models/"] },
    paths: ["v2", "v2/{proxy+}"],
    shadows: true,
  }),
];

new BatchScoring("batch", { shared, endpoints });

const api = new InferenceApi("api", { settings, routes: endpoints.flatMap(({ routes }) => routes) });
createOverview({ settings, operations: shared.operations, endpoints });

export = stackOutputs(api, endpoints, shared);
