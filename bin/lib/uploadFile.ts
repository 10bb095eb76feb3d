import { createReadStream, statSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { Transform } from "node:stream";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";

/**
 * Uploads a file to a presigned URL, which asks for no header but the length.
 *
 * @param onProgress  Told the bytes sent so far.
 * @throws Error      With what S3 says of it, where it refuses.
 */
export async function uploadFile(
  file: string,
  url: string,
  onProgress: (sent: number) => void,
): Promise<void> {
  const { request } = url.startsWith("https:") ? https : http;
  const put = request(url, { method: "PUT", headers: { "content-length": statSync(file).size } });
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    put.once("response", resolve).once("error", reject);
  });
  let sent = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length;
      onProgress(sent);
      done(null, chunk);
    },
  });
  // S3 may refuse, and close, before it has read all: its answer says more than the broken stream.
  const [response] = await Promise.all([
    answered,
    pipeline(createReadStream(file), count, put).catch(() => undefined),
  ]);
  const body = await text(response);
  if (response.statusCode === 200) return;
  const reason = /<Message>(.*?)<\/Message>/.exec(body)?.[1] ?? body.slice(0, 80);
  throw new Error(`S3 refused the upload with ${response.statusCode}: ${reason}`);
}
