import type { HttpHeader, HttpResponse } from "../../../http/message";
import { isHeader } from "../../../http/message";
import { readStatus } from "../readStatus";
import { matchesMediaType } from "./matchesMediaType";

const MEMBERS = ["statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"];

/**
 * Reads a function's result as a REST API's Lambda proxy integration does: an object with no members but these, none of
 * them required, its body a string. A base64-encoded body is decoded when the first type of `Accept` is one of the API's binary ones, else it
 * goes out as it is. `undefined` where the response is malformed.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function responseV1(
  payload: Buffer,
  accept: string | undefined,
  binaryMediaTypes: readonly string[],
): HttpResponse | undefined {
  let result: unknown;
  try {
    result = JSON.parse(payload.toString("utf8"));
  } catch {
    return undefined;
  }
  if (typeof result !== "object" || result === null || Array.isArray(result)) return undefined;
  if (Object.keys(result).some((name) => !MEMBERS.includes(name))) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = result as Record<string, unknown>;
  const status = readStatus(statusCode ?? 200);
  if (status === undefined) return undefined;
  if (body !== undefined && body !== null && typeof body !== "string") return undefined;
  const list = readHeaders(headers, multiValueHeaders);
  if (!list) return undefined;
  if (!list.some(([name]) => name.toLowerCase() === "content-type")) {
    list.unshift(["Content-Type", "application/json"]);
  }
  const decode =
    isBase64Encoded === true &&
    matchesMediaType(binaryMediaTypes, accept?.split(",")[0] ?? "application/json");
  if (decode && !/^[A-Za-z0-9+/\r\n]*(?:={1,2}\s*|[^\S\r\n]\s*)?$/.test(body ?? "")) return undefined;
  return { status, headers: list, body: Buffer.from(body ?? "", decode ? "base64" : "utf8") };
}

/** Both forms together; a pair that is in both counts once, and a value of `null` not at all. */
function readHeaders(single: unknown, multi: unknown): HttpHeader[] | undefined {
  const result: HttpHeader[] = [];
  const singles = entries(single)?.map(([name, value]) => [name, [value]] as const);
  const multiples = entries(multi);
  if (!singles || !multiples) return undefined;
  for (const [name, values] of [...multiples, ...singles]) {
    if (values === null) continue;
    if (!Array.isArray(values)) return undefined;
    for (const value of values) {
      if (value === null) continue;
      if (typeof value === "object" || !isHeader(name, String(value))) return undefined;
      const sent: HttpHeader = [remapped(name), String(value)];
      if (!result.some(([key, text]) => key === sent[0] && text === sent[1])) result.push(sent);
    }
  }
  return result;
}

/** `undefined` for what is no object. */
function entries(headers: unknown): [string, unknown][] | undefined {
  if (headers === undefined || headers === null) return [];
  return typeof headers === "object" && !Array.isArray(headers) ? Object.entries(headers) : undefined;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const REMAPPED_NAMES =
  /^(authorization|connection|content-length|content-md5|date|expect|host|max-forwards|proxy-authenticate|server|te|trailer|upgrade|user-agent|via|warn|www-authenticate)$/i;

function remapped(name: string): string {
  return REMAPPED_NAMES.test(name) ? `x-amzn-Remapped-${name}` : name;
}
