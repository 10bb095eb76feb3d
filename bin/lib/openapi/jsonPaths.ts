import type { CardSample } from "../../../functions/shared/card";
import { camelCase } from "./camelCase";
import type { EndpointDescription, PathDescription } from "./describeEndpoint";
import type { Content, JsonSchema, MediaType, Operation, PathItem } from "./document";
import { failureResponses, REQUEST_ID } from "./responses";

/** The paths of an endpoint that takes JSON objects, without servers; by path on the REST API. */
export function jsonPaths({
  name,
  title,
  paths,
}: EndpointDescription): Record<string, Omit<PathItem, "servers">> {
  return Object.fromEntries(
    Object.entries(paths).map(([within, described]) => {
      const path = `/${name}${within === "/" ? "" : within}`;
      return [path, { get: describing(path, name), post: inference(path, name, title, described) }];
    }),
  );
}

function inference(path: string, name: string, title: string, described: PathDescription): Operation {
  const { description, request, rejects, file, rows, samples } = described;
  const examples = examplesOf(samples, ({ request }) => request);
  const sent: MediaType = { schema: either(request, rows?.request), ...(examples && { examples }) };
  return {
    operationId: camelCase(path),
    summary: title,
    description,
    tags: [name],
    requestBody: {
      required: true,
      content: { "application/json": sent, ...fileContent(file?.mediaTypes ?? []) },
    },
    responses: {
      "200": { description: "The answer.", headers: REQUEST_ID, content: responseContent(described) },
      ...failureResponses(name, rejects),
    },
  };
}

function fileContent(mediaTypes: readonly string[]): Content {
  return Object.fromEntries(
    mediaTypes.map((type) => {
      const bytes = { type: "string", contentMediaType: "application/octet-stream" };
      const form = { type: "object", properties: { file: bytes }, required: ["file"] };
      return [type, { schema: type === "multipart/form-data" ? form : bytes }];
    }),
  );
}

/** The samples' bodies are those of the first content type, which is answered to callers that ask for none. */
function responseContent({ response, rows, samples }: PathDescription): Content {
  return Object.fromEntries(
    Object.entries(response).map(([type, schema], index) => {
      const examples =
        index === 0
          ? examplesOf(samples, ({ answer: { body } }) =>
              body === undefined || !type.includes("json") ? body : JSON.parse(body),
            )
          : undefined;
      const ofRows = type === "application/json" ? rows?.response : undefined;
      return [type, { schema: either(schema, ofRows), ...(examples && { examples }) }];
    }),
  );
}

/** The schema of one row, or of one or several. */
function either(row: JsonSchema, rows: JsonSchema | undefined): JsonSchema {
  return rows === undefined ? withoutDialect(row) : { anyOf: [withoutDialect(row), withoutDialect(rows)] };
}

function examplesOf(samples: readonly CardSample[], shownOf: (sample: CardSample) => unknown) {
  const examples = samples
    .map((sample, index) => [`sample${index + 1}`, { value: shownOf(sample) }] as const)
    .filter(([, { value }]) => value !== undefined);
  return examples.length === 0 ? undefined : Object.fromEntries(examples);
}

function describing(path: string, name: string): Operation {
  return {
    operationId: camelCase(`/describe${path}`),
    summary: "What the endpoint takes and answers: schemas, an example, a ready command line",
    tags: [name],
    responses: {
      "200": {
        description: "The description.",
        headers: REQUEST_ID,
        content: { "application/json": { schema: { type: "object", required: ["description"] } } },
      },
    },
  };
}

/** OpenAPI 3.1 says the dialect once for all schemas. */
export function withoutDialect({ $schema, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
