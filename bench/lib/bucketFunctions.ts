import fs from "node:fs";
import path from "node:path";
import { bundleFunction } from "../../infra/packaging/bundleFunction";
import { PROJECT_ROOT } from "../../infra/packaging/paths";
import { bundlePeer, write, writeLayer } from "./bundledFunctions";
import type { FunctionCommand } from "./functionProcess";
import type { ModelBucket } from "./modelBucket";

/** An endpoint whose models are objects. */
export interface BucketEndpoint {
  readonly name: string;
  /** Its variables with the bucket's name and the key of its model. */
  variables(bucket: string, key: string): Readonly<Record<string, string>>;
}

export const PRICING: BucketEndpoint = {
  name: "pricing",
  variables: (OUTPUT_BUCKET, MODEL_PATH) => ({ OUTPUT_BUCKET, MODEL_PATH }),
};

export const OPEN_INFERENCE: BucketEndpoint = {
  name: "open-inference",
  variables: (MODEL_BUCKET) => ({ MODEL_BUCKET }),
};

export interface BucketFunctions {
  /** The function as it is deployed. */
  deployed(bucket: ModelBucket, key: string): FunctionCommand;
  /** A handler of `bench/peers/`, bundled the same way, beside the file of the AWS SDK that the function loads. */
  peer(name: string, bucket: ModelBucket, key: string): FunctionCommand;
  /** Node.js and the runtime loop, whose responses are empty. */
  readonly empty: FunctionCommand;
}

/** Puts an endpoint's archive and layer where Lambda would, and the peers that it is compared with. */
export function bucketFunctions(
  { name, variables }: BucketEndpoint,
  folder: string,
  peers: readonly string[],
): BucketFunctions {
  const task = path.join(folder, "task");
  write(task, bundleFunction(path.join(PROJECT_ROOT, "functions", name)).files);
  writeLayer(folder);
  for (const peer of ["runtimeLoop", ...peers]) write(folder, bundlePeer(peer));
  const command = (handler: readonly string[], environment: Readonly<Record<string, string>>) => ({
    file: process.execPath,
    args: [path.join(folder, "runtimeLoop.js"), ...handler],
    environment: { NODE_PATH: path.join(folder, "layer"), ORT_DISABLE_TELEMETRY: "1", ...environment },
    logFile: path.join(folder, "log"),
  });
  return {
    deployed: (bucket, key) =>
      command([path.join(task, "index.js")], {
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "256",
        LAMBDA_TASK_ROOT: task,
        METRICS_NAMESPACE: "paddock",
        ...bucket.environment,
        ...variables(bucket.name, key),
      }),
    peer: (peer, bucket, key) =>
      command([path.join(folder, `${peer}.js`)], {
        ...bucket.environment,
        S3_CLIENT: path.join(task, "s3Client.js"),
        BUCKET: bucket.name,
        KEY: key,
        FEATURES: featuresOf(name),
      }),
    empty: command([], {}),
  };
}

function featuresOf(endpoint: string): string {
  const file = path.join(PROJECT_ROOT, "functions", endpoint, "model/card.json");
  return JSON.parse(fs.readFileSync(file, "utf8")).inputs[0].labels.join(",");
}
