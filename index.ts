import { Endpoint } from "./infra/endpoint";
import { InferenceApi } from "./infra/inferenceApi";
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
      prefixes: ["breeds/"],
    },
  }),
  new Endpoint("image-validation", { shared, model: { source: "volume" }, uploads: "read" }),
];

const api = new InferenceApi("api", { settings, routes: endpoints.flatMap(({ routes }) => routes) });

export = stackOutputs(api, endpoints, shared);
