import type { HttpHeader } from "./httpMessage";

const ofTheConnection = new Set(["connection", "keep-alive", "proxy-connection", "transfer-encoding"]);

/** Headers without those that belong to the connection, which end at each server on the way. */
export function messageHeaders(headers: readonly HttpHeader[]): HttpHeader[] {
  return headers.filter(([name]) => !ofTheConnection.has(name.toLowerCase()));
}
