import type { CardSample } from "../../../functions/shared/card";
import { camelCase } from "./camelCase";
import type { EndpointDescription } from "./describeEndpoint";
import type { JsonSchema, Operation, Parameter, PathItem } from "./document";
import { withoutDialect } from "./jsonPaths";
import { failureResponses, REQUEST_ID } from "./responses";

/** Errors of the protocol: https://github.com/kserve/open-inference-protocol/blob/main/specification/protocol/inference_rest.md */
export const PROTOCOL_FAILURE: JsonSchema = {
  type: "object",
  properties: { error: { type: "string" } },
  required: ["error"],
};

const text: JsonSchema = { type: "string" };
const flag: JsonSchema = { type: "boolean" };
const listOf = (items: JsonSchema): JsonSchema => ({ type: "array", items });
const record = (
  properties: Readonly<Record<string, JsonSchema>>,
  optional: readonly string[] = [],
): JsonSchema => ({
  type: "object",
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

const tensorMetadata = record({ name: text, datatype: text, shape: listOf({ type: "integer" }) });
const inferenceResponse = record(
  {
    model_name: text,
    model_version: text,
    id: text,
    parameters: { type: "object" },
    outputs: listOf(
      record(
        {
          name: text,
          datatype: text,
          shape: listOf({ type: "integer" }),
          parameters: { type: "object" },
          data: {
            type: "array",
            items: {},
            description: "Flat, row-major; absent where binary data follows",
          },
        },
        ["parameters", "data"],
      ),
    ),
  },
  ["id", "parameters"],
);

/** Triton's extensions: what a model is configured as, and the numbers of the instance that answers. */
const modelConfig = record({
  name: text,
  platform: text,
  backend: text,
  version_policy: { type: "object" },
  max_batch_size: { type: "integer" },
  input: listOf({ type: "object" }),
  output: listOf({ type: "object" }),
});
const statistics = record({
  model_stats: listOf(
    record({
      name: text,
      version: text,
      last_inference: { type: "integer" },
      inference_count: { type: "integer" },
      execution_count: { type: "integer" },
      inference_stats: { type: "object" },
      batch_stats: listOf({}),
    }),
  ),
});

const NAME: Parameter = {
  name: "name",
  in: "path",
  required: true,
  description: "A model of the model bucket: models/<name>/<version>/",
  schema: { type: "string", pattern: "^[\\w.-]{1,128}$" },
  example: "iris",
};
const VERSION: Parameter = {
  name: "version",
  in: "path",
  required: true,
  schema: { type: "string", pattern: "^\\d{1,18}$" },
  example: "1",
};
const HEADER_LENGTH: Parameter = {
  name: "Inference-Header-Content-Length",
  in: "header",
  description: "Bytes of the JSON part, where binary tensors follow it",
  schema: { type: "integer", minimum: 0 },
};

/** The paths of the Open Inference Protocol, without servers; `{}` if the endpoint does not serve it. */
export function protocolPaths({
  name: tag,
  protocol,
}: EndpointDescription): Record<string, Omit<PathItem, "servers">> {
  if (protocol === undefined) return {};
  const get = (
    path: string,
    summary: string,
    schema: JsonSchema,
    rejects: readonly number[] = [],
  ): Operation => ({
    operationId: camelCase(`/get${path}`),
    summary,
    tags: [tag],
    responses: {
      "200": { description: "The answer.", headers: REQUEST_ID, content: { "application/json": { schema } } },
      ...failureResponses(tag, rejects),
    },
  });
  const fixed = {
    "/v2": {
      get: get("/v2", "The server", record({ name: text, version: text, extensions: listOf(text) })),
    },
    "/v2/health/live": { get: get("/v2/health/live", "Whether the server lives", record({ live: flag })) },
    "/v2/health/ready": {
      get: get("/v2/health/ready", "Whether the server is ready", record({ ready: flag })),
    },
    "/v2/models/stats": { get: get("/v2/models/stats", "Numbers of every model", statistics) },
    "/v2/repository/index": {
      post: {
        ...get(
          "/v2/repository/index",
          "Every model that there is",
          listOf(record({ name: text, version: text, state: text, reason: text }, ["reason"])),
        ),
        operationId: "v2RepositoryIndex",
      },
    },
  };
  const ofModel = ["/v2/models/{name}", "/v2/models/{name}/versions/{version}"].flatMap((path) => {
    const parameters = path.includes("{version}") ? [NAME, VERSION] : [NAME];
    const metadata = record({
      name: text,
      versions: listOf(text),
      platform: text,
      inputs: listOf(tensorMetadata),
      outputs: listOf(tensorMetadata),
    });
    const samples = protocol.samples.map((sample) => ({ ...sample, path: pathOf(sample) }));
    return [
      [path, { parameters, get: get(path, "What a model takes and gives", metadata, [404]) }],
      [
        `${path}/ready`,
        {
          parameters,
          get: get(`${path}/ready`, "Whether a model is ready", record({ name: text, ready: flag }), [404]),
        },
      ],
      [
        `${path}/config`,
        { parameters, get: get(`${path}/config`, "How a model is configured", modelConfig, [404]) },
      ],
      [`${path}/stats`, { parameters, get: get(`${path}/stats`, "Numbers of a model", statistics, [404]) }],
      [
        `${path}/infer`,
        {
          parameters,
          post: infer(
            `${path}/infer`,
            tag,
            protocol.request,
            samples.filter((sample) => sample.path === `${path}/infer`),
          ),
        },
      ],
    ] as const;
  });
  return { ...fixed, ...Object.fromEntries(ofModel) };
}

function infer(path: string, tag: string, request: JsonSchema, samples: readonly CardSample[]): Operation {
  const examples = (shownOf: (sample: CardSample) => unknown) =>
    samples.length === 0
      ? {}
      : {
          examples: Object.fromEntries(
            samples.map((sample, i) => [`sample${i + 1}`, { value: shownOf(sample) }]),
          ),
        };
  const binary = { schema: { type: "string", contentMediaType: "application/octet-stream" } };
  return {
    operationId: camelCase(path),
    summary: "Runs a model on tensors",
    description:
      "Tensors are JSON, or follow the JSON part as bytes (the binary tensor data extension, which Inference-Header-Content-Length announces).",
    tags: [tag],
    parameters: [HEADER_LENGTH],
    requestBody: {
      required: true,
      content: {
        "application/json": { schema: withoutDialect(request), ...examples(({ request }) => request) },
        "application/octet-stream": binary,
      },
    },
    responses: {
      "200": {
        description: "The outputs.",
        headers: REQUEST_ID,
        content: {
          "application/json": {
            schema: inferenceResponse,
            ...examples(({ answer: response }) => JSON.parse(response.body ?? "null")),
          },
          "application/octet-stream": binary,
        },
      },
      ...failureResponses(tag, [404]),
    },
  };
}

/** `/v2/models/iris/infer` as the document's path. */
function pathOf({ path = "/" }: CardSample): string {
  return path.replace(/(?<=\/models\/)[^/]+/, "{name}").replace(/(?<=\/versions\/)[^/]+/, "{version}");
}
