import type { Readable } from "node:stream";
import type { StreamedResponse } from "../../../http/message";

/** An action's response; headers by name, those that are `undefined` left out. */
export interface S3Response {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | number | undefined>>;
  /** Text is XML. A stream is destroyed if the client goes away. */
  readonly body?: string | Readable;
}

/** The ids that S3 gives a request, in headers, errors and events; the first has 16 characters. */
export function requestIds(requestId: string) {
  return {
    "x-amz-request-id": requestId.replaceAll("-", "").slice(0, 16).toUpperCase(),
    "x-amz-id-2": requestId,
  };
}

export function responseOf({ status = 200, headers = {}, body = "" }: S3Response): StreamedResponse {
  const list = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  if (typeof body !== "string") return { status, headers: list, body };
  const isTyped = body === "" || headers["content-type"] !== undefined;
  if (!isTyped) list.push(["content-type", "application/xml"]);
  return { status, headers: list, body: Buffer.from(body) };
}
