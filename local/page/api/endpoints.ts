import { AwsError } from "../../http/awsError";
import { type HttpResponse, jsonResponse } from "../../http/message";
import { nearest } from "../../resources/nearest";
import type { ApiCall } from "../apiCall";
import type { DescribedEndpoint, Description, Endpoint } from "../apiTypes";
import type { Stack } from "../stack";
import { findEndpoints } from "./findEndpoints";
import { sendRequest } from "./sendRequest";

/** `GET /api/endpoints`: names and addresses. No function is asked, so that this is quick. */
export function listEndpoints({ stack }: ApiCall): HttpResponse {
  return jsonResponse(200, findEndpoints(stack.resources()));
}

/** `GET /api/endpoints/NAME`: the endpoint, with what its own `GET` says, by path. */
export async function getEndpoint({ stack, parameters: [name = ""] }: ApiCall): Promise<HttpResponse> {
  const endpoint = endpointOf(stack, name);
  const root = await describe(endpoint, "/", stack);
  const others = (Array.isArray(root.paths) ? root.paths : []).filter((path) => path !== "/");
  const described = await Promise.all(
    others.map(async (path) => [path, await describe(endpoint, String(path), stack)] as const),
  );
  const describes = { "/": root, ...Object.fromEntries(described) };
  return jsonResponse(200, { ...endpoint, describes } satisfies DescribedEndpoint);
}

/** @throws AwsError  There is no such endpoint. */
export function endpointOf(stack: Stack, name: string): Endpoint {
  const endpoints = findEndpoints(stack.resources());
  const found = endpoints.find((each) => each.name === name);
  if (found !== undefined) return found;
  const names = endpoints.map((each) => each.name);
  throw new AwsError(
    "NotFound",
    404,
    `There is no endpoint "${name.slice(0, 100)}"${nearest(name, names)}: ${names.join(", ")}.`,
  );
}

async function describe(endpoint: Endpoint, path: string, stack: Stack): Promise<Description> {
  const { status, body } = await sendRequest(endpoint, { method: "GET", path }, stack);
  if (status !== 200)
    return { error: `GET ${path} answered ${status}: ${body.toString("utf8").slice(0, 1000)}` };
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (typeof value === "object" && value !== null) return value as Description;
  } catch {
    // A function that does not describe itself.
  }
  return { error: `GET ${path} does not describe the endpoint in JSON.` };
}
