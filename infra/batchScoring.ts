import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Endpoint } from "./endpoint";
import { InferenceFunction } from "./inferenceFunction";
import { packageFunction } from "./packaging/packageFunction";
import type { SharedParts } from "./sharedParts";
import { findObjects, notifyOfUploads } from "./triggers/uploadNotification";

export interface BatchScoringArgs {
  readonly shared: SharedParts;
  /** Those that answer files; the function can invoke no others. */
  readonly endpoints: readonly Endpoint[];
}

/** Prefix of the keys of batches in the upload bucket. */
const PREFIX = "batches/";

/** Lambda's limit, in seconds; a batch that takes longer is continued by the next invocation. */
const TIMEOUT = 900;

/** MB: some thousand rows are in memory at once. */
const MEMORY_SIZE = 1024;

/**
 * Answers files of rows: an object `batches/<endpoint>[/<model>]/in/<name>.csv|jsonl|npy` of the upload bucket is answered by
 * the endpoint's live version into `out/`, `failed/` and `state/` beside it.
 */
export class BatchScoring extends pulumi.ComponentResource {
  readonly function: InferenceFunction;

  constructor(name: string, { shared, endpoints }: BatchScoringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("paddock:index:BatchScoring", name, {}, opts);
    const { settings, artifacts, operations } = shared;
    const { bucket, arn } = shared.uploads();
    const child = { parent: this };
    const arns = Object.fromEntries(endpoints.map((endpoint) => [endpoint.name, endpoint.function.arn]));
    const objects = (...folders: string[]) =>
      folders.map((folder) => pulumi.interpolate`${arn}/${PREFIX}*/${folder}/*`);

    this.function = new InferenceFunction(
      name,
      {
        settings,
        artifacts,
        operations,
        description: "Answers files of rows from the upload bucket",
        archive: packageFunction(name, "batch").archive,
        environment: { UPLOAD_BUCKET: bucket.bucket, BATCH_FUNCTIONS: pulumi.jsonStringify(arns) },
        permissions: [
          { actions: ["s3:GetObject"], resources: objects("in", "state") },
          { actions: ["s3:PutObject"], resources: objects("out", "failed", "state") },
          findObjects(arn, PREFIX),
          { actions: ["lambda:InvokeFunction"], resources: Object.values(arns) },
        ],
        memorySize: MEMORY_SIZE,
        timeout: TIMEOUT,
        failures: shared.failures(),
        invokesItself: true,
      },
      child,
    );
    const { function: made } = this.function;
    // Lambda would end a batch of more than 16 runs as a loop; the function ends one that goes on without results:
    // https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
    const recursion = new aws.lambda.FunctionRecursionConfig(
      name,
      { functionName: made.name, recursiveLoop: "Allow" },
      { ...child, deletedWith: made },
    );
    notifyOfUploads(
      name,
      {
        source: { bucket: bucket.bucket, arn },
        function: this.function,
        prefix: PREFIX,
        // S3 takes no pattern for the part before `in/`: the two results of a batch invoke the function as well, which
        // leaves them alone; what it writes on the way has no such ending.
        suffixes: [".csv", ".jsonl", ".npy"],
        // It must be able to continue.
        dependsOn: [recursion],
      },
      this,
    );
    this.registerOutputs({ function: this.function.arn });
  }
}
