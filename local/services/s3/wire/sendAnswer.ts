import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Answer } from "./answer";

/** Sends an answer, whole or as it is read. A client that has gone away meanwhile is nobody's error. */
export async function sendAnswer(
  response: ServerResponse,
  { status = 200, headers = {}, body }: Answer,
  withoutBody: boolean,
): Promise<void> {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) response.setHeader(name, isLatin1(value) ? value : encodeWord(value));
  }
  if (typeof body === "string") {
    response.setHeader("content-type", "application/xml");
    response.setHeader("content-length", Buffer.byteLength(body));
  }
  if (withoutBody || body === undefined || typeof body === "string") {
    response.end(withoutBody ? undefined : body);
    return;
  }
  try {
    await pipeline(body, response);
  } catch (error) {
    // The status is out: cutting the connection is the only way left to say that the bytes are not whole.
    response.destroy(error instanceof Error ? error : undefined);
  }
}

function isLatin1(value: string | number): boolean {
  return typeof value === "number" || /^[\t\x20-\x7e\xa0-\xff]*$/.test(value);
}

/** RFC 2047, as S3 returns user metadata that is not plain text. */
function encodeWord(value: string | number): string {
  return `=?UTF-8?B?${Buffer.from(String(value)).toString("base64")}?=`;
}
