import type { HttpHeader, HttpRequest } from "../../http/message";

/** A request's headers, with those in place of the client's own that a gateway writes. */
export function withForwardedHeaders(
  headers: readonly HttpHeader[],
  { sourceIp, localPort }: HttpRequest,
  traceId: string,
): HttpHeader[] {
  const written = /^x-(amzn-trace-id|forwarded-(for|port|proto))$/i;
  const senders = headers.filter(([name]) => /^x-forwarded-for$/i.test(name)).map(([, value]) => value);
  return [
    ...headers.filter(([name]) => !written.test(name)),
    ["X-Amzn-Trace-Id", traceId],
    // Who sent the request to the client comes first: a proxy in front of AWS.
    ["X-Forwarded-For", [...senders, sourceIp].join(", ")],
    ["X-Forwarded-Port", String(localPort)],
    ["X-Forwarded-Proto", "http"],
  ];
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Time in the form of access logs and of `requestContext`: `12/Mar/2020:19:03:58 +0000`. */
export function requestTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  return `${day}:${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}
