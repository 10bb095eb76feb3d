import type * as pulumi from "@pulumi/pulumi";
import type { Endpoint } from "./endpoint";
import type { InferenceApi } from "./inferenceApi";
import type { SharedParts } from "./sharedParts";

/** The stack's outputs, named by rule: the endpoint `breast-cancer` exports `breastCancerUrl`. */
export function stackOutputs(api: InferenceApi, endpoints: readonly Endpoint[], shared: SharedParts) {
  return {
    apiUrl: api.url,
    ...Object.fromEntries(endpoints.map(({ name, url }) => [urlOutput(name), url])),
    /** For `aws lambda invoke`; the alias `live` is what the URLs and the API call. */
    functionNames: Object.fromEntries(
      endpoints.map(({ name, function: made }) => [name, made.function.name]),
    ),
    /** For `npm run release`; CodeDeploy's groups have the endpoints' names. */
    ...(shared.settings.release !== "all" && {
      releases: {
        application: shared.operations.releases().application.name,
        steps: shared.settings.release,
      },
    }),
    modelBucket: shared.modelBucket().bucket,
    uploadBucket: shared.uploads().bucket.bucket,
    failureBucket: shared.failures().bucket.bucket,
    /** Bytes of the largest model, for each endpoint that loads models from S3. */
    modelLimits: Object.fromEntries(
      endpoints.flatMap(({ name, modelLimit }) => (modelLimit === undefined ? [] : [[name, modelLimit]])),
    ),
    /** A ready command line for each endpoint. */
    examples: Object.fromEntries(endpoints.map(({ name, example }) => [name, example])),
  } satisfies Record<string, pulumi.Input<unknown>>;
}

/** Names the output with an endpoint's function URL: `breastCancerUrl` for `breast-cancer`. */
export function urlOutput(endpoint: string): string {
  return `${endpoint.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())}Url`;
}
