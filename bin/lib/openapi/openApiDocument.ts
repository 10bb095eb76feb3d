import type { EndpointDescription } from "./describeEndpoint";
import type { JsonSchema, OpenApiDocument, Operation, PathItem, Response } from "./document";
import { jsonPaths, withoutDialect } from "./jsonPaths";
import { PROTOCOL_FAILURE, protocolPaths } from "./protocolPaths";
import { failureName, GATEWAY_FAILURE } from "./responses";

const DESCRIPTION =
  `Inference endpoints of one stack. Each path is the same over the REST API and over its endpoint's
function URL: take the server that suits.`.replace("\n", " ");

/** AWS's own mark of a request that is signed: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authtype.html */
const SIGV4 = {
  type: "apiKey",
  name: "Authorization",
  in: "header",
  "x-amazon-apigateway-authtype": "awsSigv4",
  description:
    "AWS Signature Version 4, for the service `execute-api` over the REST API and `lambda` over a function URL.",
};

/**
 * Writes the OpenAPI 3.1 document of a stack.
 *
 * @param endpoints  Its endpoints.
 * @param stack      Its version, and the address of its REST API.
 */
export function openApiDocument(
  endpoints: readonly EndpointDescription[],
  { version, apiUrl }: { readonly version: string; readonly apiUrl: string },
): OpenApiDocument {
  const restApi = { url: apiUrl, description: "REST API" };
  const paths = endpoints.flatMap((endpoint) => {
    const { functionUrl } = endpoint;
    const servers = [restApi, { url: functionUrl, description: `Function URL of ${endpoint.name}` }];
    return Object.entries({ ...jsonPaths(endpoint), ...protocolPaths(endpoint) }).map(
      ([path, { parameters, get, post }]): [string, PathItem] => [
        path,
        {
          servers,
          ...(parameters && { parameters }),
          ...(get && { get: secured(get, endpoint) }),
          ...(post && { post: secured(post, endpoint) }),
        },
      ],
    );
  });
  return {
    openapi: "3.1.0",
    info: { title: "paddock", version, description: DESCRIPTION },
    servers: [restApi],
    tags: endpoints.map(({ name, title }) => ({ name, description: title })),
    paths: Object.fromEntries(paths),
    components: {
      schemas: { GatewayFailure: GATEWAY_FAILURE, ...Object.fromEntries(endpoints.map(failureOf)) },
      headers: {
        RequestId: { description: "Finds the request in the log", schema: { type: "string" } },
        RetryAfter: { description: "Seconds", schema: { type: "integer" } },
      },
      securitySchemes: { sigv4: SIGV4 },
    },
  };
}

function failureOf({ name, paths, protocol }: EndpointDescription): [string, JsonSchema] {
  return [failureName(name), protocol ? PROTOCOL_FAILURE : withoutDialect(paths["/"]?.failure ?? {})];
}

/** One of two ways in may take unsigned requests: the signature is then optional. */
function secured(operation: Operation, { signed }: EndpointDescription): Operation {
  const ways = [signed.restApi, signed.functionUrl];
  if (!ways.includes(true)) return { ...operation, security: [] };
  return {
    ...operation,
    security: ways.includes(false) ? [{}, { sigv4: [] }] : [{ sigv4: [] }],
    responses: { ...operation.responses, "403": forbidden(operation.responses["403"]) },
  };
}

function forbidden(own: Response | undefined): Response {
  const unsigned = "The request is not signed, or its signer has no permission.";
  if (own !== undefined) return { ...own, description: `${own.description} ${unsigned}` };
  const schema = { $ref: "#/components/schemas/GatewayFailure" };
  return { description: unsigned, content: { "application/json": { schema } } };
}
