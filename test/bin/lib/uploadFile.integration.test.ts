import assert from "node:assert/strict";
import { once } from "node:events";
import fs from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";
import { uploadFile } from "../../../bin/lib/uploadFile";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

describe("uploadFile", () => {
  const file = path.join(temporaryFolder(), "model.onnx");
  fs.writeFileSync(file, Buffer.alloc(1024 * 1024));

  /** Uploads to a server that writes this as soon as a connection is made, and closes it. */
  const upload = async (response: string) => {
    const server = createServer((socket) =>
      socket
        .on("error", () => {})
        .resume()
        .end(response),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    try {
      await uploadFile(file, `http://127.0.0.1:${port}/model.onnx`, () => {});
    } finally {
      server.close();
    }
  };

  it("fails where the server closes without a response, or switches protocols", async () => {
    await assert.rejects(upload(""));
    await assert.rejects(
      upload("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n"),
    );
  });

  it("gives the reason of a server that closes before it has read all", async () => {
    const body = "<Error><Message>Too large for the bucket</Message></Error>";
    await assert.rejects(
      upload(`HTTP/1.1 400 Bad Request\r\nContent-Length: ${body.length}\r\n\r\n${body}`),
      {
        name: "UploadRejected",
        status: 400,
        message: "S3 refused the upload with 400: Too large for the bucket",
      },
    );
  });
});
