import { camelCase } from "./camelCase";
import type { JsonSchema, Response } from "./document";

/**
 * The body that Lambda or API Gateway writes by itself: a function URL's member is `Message`, the REST API's `message`.
 */
export const GATEWAY_FAILURE: JsonSchema = {
  type: "object",
  properties: { Message: { type: ["string", "null"] }, message: { type: ["string", "null"] } },
  anyOf: [{ required: ["Message"] }, { required: ["message"] }],
};

/** The meaning of each error status, and whether Lambda or API Gateway may give it by itself. */
const FAILURES: Readonly<Record<number, { readonly description: string; readonly byGateway?: true }>> = {
  400: {
    description: "The body is not the JSON that is asked for; every problem is named, the first 20 of many.",
  },
  403: { description: "The bucket is not this stack's, or the address is not public.", byGateway: true },
  404: { description: "What the request names does not exist." },
  413: {
    description: "The request, the response, or what the request points to passes a limit.",
    byGateway: true,
  },
  422: { description: "The model can never be served as it is, and why." },
  429: { description: "Too many requests at once; try again later.", byGateway: true },
  500: { description: "Unforeseen; the log has the cause by `requestId`.", byGateway: true },
  502: {
    description: "What the request points to cannot be fetched, or the function ended.",
    byGateway: true,
  },
  503: { description: "Not now; `Retry-After` says after how many seconds to try again." },
  504: { description: "What the request points to, or the answer, did not come in time.", byGateway: true },
};

/** Statuses that any endpoint may answer. */
const ALWAYS = [400, 413, 422, 429, 500, 502, 503, 504] as const;

export const REQUEST_ID = { "x-request-id": { $ref: "#/components/headers/RequestId" } };

/** The name of the schema of an endpoint's errors: `IrisFailure`. */
export function failureName(endpoint: string): string {
  return `${camelCase(`/-${endpoint}`)}Failure`;
}

/**
 * The responses of an operation that are errors.
 *
 * @param endpoint  Whose errors have the body {@link failureName}.
 * @param rejects   Its statuses beside those of any endpoint.
 */
export function failureResponses(endpoint: string, rejects: readonly number[]): Record<string, Response> {
  const failure = { $ref: `#/components/schemas/${failureName(endpoint)}` };
  const statuses = [...new Set([...ALWAYS, ...rejects])].sort();
  return Object.fromEntries(
    statuses.map((status) => {
      const { description, byGateway } = FAILURES[status] ?? { description: "Refused." };
      const gateway = { $ref: "#/components/schemas/GatewayFailure" };
      const headers = {
        ...REQUEST_ID,
        ...(status === 503 && { "retry-after": { $ref: "#/components/headers/RetryAfter" } }),
      };
      const schema = byGateway ? { anyOf: [failure, gateway] } : failure;
      return [String(status), { description, headers, content: { "application/json": { schema } } }];
    }),
  );
}
