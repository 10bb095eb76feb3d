import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as a server got it. */
export interface Got {
  readonly method: string;
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

/** A server that notes requests; `/uploads` gives a URL to put a file to. Closed after the suite. */
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
      response.end(path === "/uploads" ? JSON.stringify(upload) : "done");
    });
  });
  before((done) => {
    server.listen(0, "127.0.0.1", () => {
      url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
  return { url: () => url, got };
}
