import { request as httpRequest } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { AwsError } from "../../http/awsError";
import { type HttpResponse, headerValue, jsonResponse } from "../../http/message";
import type { Body } from "../../http/serve";
import type { ApiCall } from "../apiCall";
import type { Uploaded } from "../apiTypes";

/**
 * `PUT /api/upload`: sends the body on to a presigned URL of the local S3, which `x-upload-url` names. The page's policy
 * lets it connect to its own server only.
 */
export async function upload({ request, body, stack }: ApiCall): Promise<HttpResponse> {
  const url = presignedUrl(headerValue(request.headers, "x-upload-url"), stack.cloud.s3.endpoint);
  const length = headerValue(request.headers, "content-length");
  if (length === undefined) throw new AwsError("LengthRequired", 411, "An upload needs a `Content-Length`.");
  const started = performance.now();
  const { status, text } = await put(url, length, body);
  const ms = Math.round(performance.now() - started);
  return jsonResponse(200, { status, body: text, ms } satisfies Uploaded);
}

/** @throws AwsError  It is no URL of this local cloud's S3: the page's server fetches nothing else. */
function presignedUrl(given: string | undefined, endpoint: string): URL {
  const url = given !== undefined && URL.canParse(given) ? new URL(given) : undefined;
  if (url?.origin === endpoint) return url;
  throw new AwsError("BadRequest", 400, `\`x-upload-url\` must be a presigned URL of ${endpoint}.`);
}

async function put(url: URL, length: string, body: Body): Promise<{ status: number; text: string }> {
  const outgoing = httpRequest(url, { method: "PUT", headers: { "content-length": length }, agent: false });
  const response = new Promise<{ status: number; text: string }>((resolve, reject) => {
    outgoing.on("error", reject).on("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .on("error", reject)
        .on("end", () =>
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
    });
  });
  // A response may come before the body's end: S3 rejects an upload by its headers.
  const sent = pipeline(Readable.from(body.stream()), outgoing).catch(() => undefined);
  const taken = await response.catch((cause: Error) => {
    throw new AwsError("BadGateway", 502, `The local S3 did not take the upload: ${cause.message}.`, {
      cause,
    });
  });
  await sent;
  return taken;
}
