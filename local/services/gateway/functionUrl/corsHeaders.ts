import { type HttpHeader, type HttpRequest, type HttpResponse, headerValue } from "../../../http/message";
import type { Cors } from "./functionUrlConfig";

/** The preflight's answer, given without the function; `undefined` when the request is none. */
export function preflight(request: HttpRequest, cors: Cors | undefined): HttpResponse | undefined {
  if (!cors || request.method !== "OPTIONS") return undefined;
  if (headerValue(request.headers, "origin") === undefined) return undefined;
  if (headerValue(request.headers, "access-control-request-method") === undefined) return undefined;
  const headers = corsHeaders(request, cors);
  if (headers.length > 0) {
    headers.push(...listHeader("access-control-allow-methods", cors.allowMethods));
    headers.push(...listHeader("access-control-allow-headers", cors.allowHeaders));
    if (cors.maxAge !== undefined) headers.push(["access-control-max-age", String(cors.maxAge)]);
  }
  return { status: 200, headers, body: Buffer.alloc(0) };
}

/** The headers that the service adds to each response for an origin it knows. */
export function corsHeaders(request: HttpRequest, cors: Cors | undefined): HttpHeader[] {
  const origin = headerValue(request.headers, "origin");
  if (!cors || origin === undefined) return [];
  const any = cors.allowOrigins?.includes("*") ?? false;
  if (!any && !cors.allowOrigins?.includes(origin)) return [];
  return [
    ["access-control-allow-origin", any && !cors.allowCredentials ? "*" : origin],
    ...(any && !cors.allowCredentials ? [] : [["vary", "Origin"] as const]),
    ...(cors.allowCredentials ? [["access-control-allow-credentials", "true"] as const] : []),
    ...listHeader("access-control-expose-headers", cors.exposeHeaders),
  ];
}

function listHeader(name: string, values: readonly string[] | undefined): HttpHeader[] {
  return values && values.length > 0 ? [[name, values.join(",")]] : [];
}
