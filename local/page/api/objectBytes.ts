import { Readable } from "node:stream";
import { type HttpResponse, jsonResponse, type StreamedResponse } from "../../http/message";
import type { ApiCall } from "../apiCall";
import type { Uploaded } from "../apiTypes";

/** Serves `GET /api/objects/BUCKET/KEY`: an object's bytes, of no type that a browser would run or show by itself. */
export async function getObject({
  stack,
  parameters: [bucket = "", key = ""],
}: ApiCall): Promise<StreamedResponse> {
  const { s3 } = stack.cloud;
  const body = await s3.readObject(bucket, key);
  return { status: 200, headers: [["content-type", "application/octet-stream"]], body };
}

/** Serves `PUT /api/objects/BUCKET/KEY`: puts the body there, as the administrator would; functions hear of it. */
export async function putObject({
  body,
  stack,
  parameters: [bucket = "", key = ""],
}: ApiCall): Promise<HttpResponse> {
  const started = performance.now();
  const object = { key, body: Readable.from(body.stream()), metadata: {} };
  await stack.cloud.s3.putObject(bucket, object);
  const ms = Math.round(performance.now() - started);
  return jsonResponse(200, { status: 200, body: "", ms } satisfies Uploaded);
}
