import type { HttpHeader, HttpResponse } from "../../../http/message";
import { isHeader } from "../../../http/message";
import { readStatus } from "../readStatus";

/**
 * Reads a function's result as a function URL does: an object with `statusCode` says what to answer, anything else
 * is itself the body of a 200: a string its characters, other JSON without spaces between its tokens. `undefined` where the response is malformed.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function responseV2(payload: Buffer): HttpResponse | undefined {
  const json: HttpHeader = ["content-type", "application/json"];
  let result: unknown;
  try {
    result = JSON.parse(payload.toString("utf8"));
  } catch {
    return undefined;
  }
  if (typeof result !== "object" || result === null || !("statusCode" in result)) {
    const content = typeof result === "string" ? result : compact(payload.toString("utf8"));
    return { status: 200, headers: [json], body: Buffer.from(content) };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result as Record<string, unknown>;
  const status = readStatus(statusCode);
  if (status === undefined) return undefined;
  const list = readHeaders(headers);
  if (!list || (cookies !== undefined && cookies !== null && !Array.isArray(cookies))) return undefined;
  for (const cookie of cookies ?? []) list.push(["set-cookie", String(cookie)]);
  if (!list.some(([name]) => name === "content-type")) list.unshift(json);
  const content = typeof body === "string" ? body : body == null ? "" : JSON.stringify(body);
  return {
    status,
    headers: list,
    body: Buffer.from(content, isBase64Encoded === true ? "base64" : "utf8"),
  };
}

/** JSON without the spaces between its tokens; numbers keep their digits. */
function compact(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"?|\s+/g, (token) => (token.startsWith('"') ? token : ""));
}

function readHeaders(headers: unknown): HttpHeader[] | undefined {
  if (headers === undefined || headers === null) return [];
  if (typeof headers !== "object" || Array.isArray(headers)) return undefined;
  const result: HttpHeader[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (value === null) continue;
    if (typeof value === "object") return undefined;
    if (!isHeader(name, String(value))) return undefined;
    result.push([name.toLowerCase(), String(value)]);
  }
  return result;
}
