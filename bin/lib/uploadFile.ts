import { createReadStream, statSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { Transform } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { UploadRejected } from "./uploadRejected";

/**
 * Uploads a file to a presigned URL.
 *
 * @param onProgress      Gets the bytes sent so far.
 * @param headers         Headers that the URL was signed with, beside the length.
 * @throws UploadRejected  With S3's status and reason.
 */
export async function uploadFile(
  file: string,
  url: string,
  onProgress: (sent: number) => void,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { request } = url.startsWith("https:") ? https : http;
  const put = request(url, {
    method: "PUT",
    headers: { ...headers, "content-length": statSync(file).size },
  });
  const received = new Promise<http.IncomingMessage>((resolve, reject) => {
    put
      .on("response", resolve)
      .on("error", reject)
      .on("close", () => reject(new Error("S3 closed the connection without a response.")));
  });
  let sent = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length;
      onProgress(sent);
      done(null, chunk);
    },
  });
  // S3 may reject it, and close, before it has read all: its response says more than the broken stream.
  let body: string;
  let response: http.IncomingMessage;
  try {
    [response] = await Promise.all([
      received,
      pipeline(createReadStream(file), count, put).catch(() => undefined),
    ]);
    body = await text(response);
  } finally {
    put.destroy();
  }
  if (response.statusCode === 200) return;
  const reason = /<Message>(.*?)<\/Message>/.exec(body)?.[1] ?? body.slice(0, 80);
  throw new UploadRejected(Number(response.statusCode), reason);
}
