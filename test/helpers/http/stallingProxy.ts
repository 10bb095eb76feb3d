import http from "node:http";
import { listen } from "./listen";

export interface StallingProxy {
  readonly address: string;
  /** Method, path without query, and range of each request. */
  readonly requests: readonly string[];
}

/**
 * A slow network in front of a server: the body of the first answer to a GET whose path ends in `path` stops coming
 * after `bytes`, without an end; all else passes as it is.
 */
export async function stallingProxy(
  target: () => string,
  { path, bytes }: { readonly path: string; readonly bytes: number },
): Promise<StallingProxy> {
  const requests: string[] = [];
  let stalled = false;
  const server = http.createServer((incoming, outgoing) => {
    const { method = "", url = "", headers } = incoming;
    const [asked = ""] = url.split("?");
    requests.push([method, asked, headers.range].filter(Boolean).join(" "));
    // The host is signed: the one that the client knows.
    const forwarded = http.request(new URL(url, target()), { method, headers }, (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.headers);
      if (stalled || method !== "GET" || !asked.endsWith(path)) {
        response.pipe(outgoing);
        return;
      }
      stalled = true;
      let left = bytes;
      response.on("data", (chunk: Buffer) => {
        outgoing.write(chunk.subarray(0, left));
        left = Math.max(left - chunk.length, 0);
      });
    });
    forwarded.on("error", (error) => outgoing.destroy(error));
    incoming.pipe(forwarded);
  });
  const address = await listen(server);
  return {
    address,
    requests,
  };
}
