import { createServer } from "node:http";
import { listen } from "./listen";

/** A request as a server got it. */
export interface Got {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

/** A server that notes requests; `/uploads` gives a URL to put a file to, `/rejected` a 400. Closed after the suite. */
export function noteRequests(): { readonly url: () => string; readonly got: Got[] } {
  const got: Got[] = [];
  let url = "";
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      got.push({ method, path, type: headers["content-type"] ?? "", text: Buffer.concat(chunks).toString() });
      const upload = {
        url: `${url}/put`,
        method: "PUT",
        bucket: "it's",
        file_name: "a b.npy",
        expires_in: 1,
      };
      response.statusCode = path === "/rejected" ? 400 : 200;
      response.end(path === "/uploads" ? JSON.stringify(upload) : "done");
    });
  });
  before(async () => {
    url = await listen(server);
  });
  return { url: () => url, got };
}
