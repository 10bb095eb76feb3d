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

/** Time in the form of access logs and of `requestContext`: `12/Mar/2020:19:03:58 +0000`. */
export function requestTime(date: Date): string {
  // "Thu, 12 Mar 2020 19:03:58 GMT"
  const [, day, month, year, time] = date.toUTCString().split(" ");
  return `${day}/${month}/${year}:${time} +0000`;
}
