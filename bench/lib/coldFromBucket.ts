import fs from "node:fs";
import path from "node:path";
import { EVALUATOR_KEY, EVALUATOR_MARK } from "../../functions/shared/evaluator/mark";
import { PROJECT_ROOT } from "../../infra/packaging/paths";
import type { Benchmark } from "./benchmark";
import { type BucketEndpoint, bucketFunctions } from "./bucketFunctions";
import { functionUrlEvent } from "./functionUrlEvent";
import { coldFunction } from "./functionVariants";
import { startModelBucket } from "./modelBucket";

/** Names of the variants. */
export const SDK_FLOOR = "bare Node.js + onnxruntime-node + the AWS SDK's GET";
export const SIGNED_FLOOR = "bare Node.js + onnxruntime-node + a GET signed by hand";

/** The method, in Markdown. */
/** Says why a GET that is signed by hand is out of reach. */
export const SDK_SHARE = `The AWS SDK takes about 45 ms of processor time, not half of it to load, and the rest for the client
and the first command: nearly all of it V8's compiling of hundreds of functions that are called once. Loading took half as long again
with event streams and the schemas of operations that are not called, and the chain of credential providers 20 ms more.`;

export const ABOUT = `A sample is the time from the start of a function's process to the result of its first event, by
Lambda's Runtime API; its model is in the local S3, which has a process of its own. The stack's own models are marked for the
evaluator; by ONNX Runtime it serves what is uploaded without the mark. There are two floors, both a bundled handler that gets
the same object as soon as it is loaded, makes a session of it and runs it. One signs a GET by hand, with nothing else of what
the AWS SDK does. The other loads the function's own file of the SDK, which is given: that is the floor of the goal that can be
met, and the difference of the two is the SDK's share.`;

/** Variants that start an endpoint, whose model is in a local S3, and what it is compared with. */
export function coldFromBucket(endpoint: BucketEndpoint, key: string): Benchmark["variants"] {
  return async ({ folder, onEnd }) => {
    const body = fs.readFileSync(path.join(PROJECT_ROOT, "functions", endpoint.name, "model", key));
    const marked = await startModelBucket([{ key, body, metadata: { [EVALUATOR_KEY]: EVALUATOR_MARK } }]);
    const unmarked = await startModelBucket([{ key, body }]);
    onEnd(() => marked.close());
    onEnd(() => unmarked.close());
    const functions = bucketFunctions(endpoint, folder, ["sdkGetHandler", "signedGetHandler"]);
    const event = functionUrlEvent(endpoint.name);
    return [
      coldFunction(endpoint.name, functions.deployed(marked, key), event),
      coldFunction(`${endpoint.name}, by ONNX Runtime`, functions.deployed(unmarked, key), event),
      coldFunction(SDK_FLOOR, functions.peer("sdkGetHandler", unmarked, key), event),
      coldFunction(SIGNED_FLOOR, functions.peer("signedGetHandler", unmarked, key), event),
      coldFunction("Node.js alone", functions.empty, event),
    ];
  };
}
