import { AwsError } from "../../http/awsError";
import { type HttpResponse, headerValue, jsonResponse } from "../../http/message";
import { type ApiCall, readJson, writeJson } from "../apiCall";
import type { Call, Called } from "../apiTypes";
import { endpointOf } from "./endpoints";
import { type EndpointResponse, sendRequest } from "./sendRequest";

/**
 * `POST /api/call`: sends a request to an endpoint. The endpoint's response is in the body of a 200, whatever its status,
 * so that a browser neither follows it nor reports it as an error of the page.
 */
export async function callEndpoint({ body, stack }: ApiCall): Promise<HttpResponse> {
  const { endpoint, method = "POST", path = "/", headers = {}, via, ...rest } = await readJson(body);
  if (
    typeof endpoint !== "string" ||
    typeof method !== "string" ||
    typeof path !== "string" ||
    !path.startsWith("/") ||
    !isStrings(headers) ||
    !isVia(via)
  ) {
    throw new AwsError(
      "BadRequest",
      400,
      "A call is {endpoint, method?, path?, headers?, body? | bodyBase64?, via?}: `path` begins with a slash, `headers` are strings, `via` is functionUrl or restApi.",
    );
  }
  const request = { method, path, headers, body: bodyOf(rest), via };
  const started = performance.now();
  const response = await sendRequest(endpointOf(stack, endpoint), request, stack);
  const ms = performance.now() - started;
  return jsonResponse(200, {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    ...textOrBase64(response),
    ms: Math.round(ms * 10) / 10,
    requestId:
      headerValue(response.headers, "x-request-id") ?? headerValue(response.headers, "x-amzn-requestid"),
  } satisfies Called);
}

function bodyOf({ body, bodyBase64 }: Readonly<Record<string, unknown>>): Buffer {
  if (typeof bodyBase64 === "string") return Buffer.from(bodyBase64, "base64");
  if (body === undefined || body === null) return Buffer.alloc(0);
  return Buffer.from(typeof body === "string" ? body : writeJson(body));
}

function textOrBase64({ body }: EndpointResponse): { body: string } | { bodyBase64: string } {
  try {
    return { body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body) };
  } catch {
    return { bodyBase64: body.toString("base64") };
  }
}

function isVia(value: unknown): value is Call["via"] {
  return value === undefined || value === "functionUrl" || value === "restApi";
}

function isStrings(value: unknown): value is Record<string, string> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((each) => typeof each === "string")
  );
}
