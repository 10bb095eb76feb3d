import type { HttpHeader, HttpResponse } from "../../../http/message";
import { isHeader } from "../../../http/message";
import { matchesMediaType } from "./matchesMediaType";

/**
 * Reads a function's result as a REST API's Lambda proxy integration does: an object with `statusCode`, its body a
 * string. A base64-encoded body is decoded when the first type of `Accept` is one of the API's binary ones, else it
 * goes out as it is. `undefined` where the answer is malformed.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export function answerV1(
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
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = result as Record<string, unknown>;
  const status = typeof statusCode === "string" ? Number(statusCode) : statusCode;
  if (typeof status !== "number" || !Number.isInteger(status) || status < 100 || status > 599)
    return undefined;
  if (body !== undefined && body !== null && typeof body !== "string") return undefined;
  const answered = readHeaders(headers, multiValueHeaders);
  if (!answered) return undefined;
  if (!answered.some(([name]) => name.toLowerCase() === "content-type")) {
    answered.unshift(["Content-Type", "application/json"]);
  }
  const decode =
    isBase64Encoded === true &&
    matchesMediaType(binaryMediaTypes, accept?.split(",")[0] ?? "application/json");
  if (decode && !/^[A-Za-z0-9+/\r\n]*={0,2}\s*$/.test(body ?? "")) return undefined;
  return { status, headers: answered, body: Buffer.from(body ?? "", decode ? "base64" : "utf8") };
}

/** Both forms together; a pair that is in both counts once. */
function readHeaders(single: unknown, multi: unknown): HttpHeader[] | undefined {
  const result: HttpHeader[] = [];
  for (const [name, values] of [...entries(multi), ...entries(single)]) {
    for (const value of Array.isArray(values) ? values : [values]) {
      if (value === null || typeof value === "object" || !isHeader(name, String(value))) return undefined;
      const sent: HttpHeader = [remapped(name), String(value)];
      if (!result.some(([key, text]) => key === sent[0] && text === sent[1])) result.push(sent);
    }
  }
  return result;
}

function entries(headers: unknown): [string, unknown][] {
  return typeof headers === "object" && headers !== null ? Object.entries(headers) : [];
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
const remappedNames =
  /^(authorization|connection|content-length|content-md5|date|expect|host|max-forwards|proxy-authenticate|server|te|trailer|upgrade|user-agent|via|warn|www-authenticate)$/i;

function remapped(name: string): string {
  return remappedNames.test(name) ? `x-amzn-Remapped-${name}` : name;
}
