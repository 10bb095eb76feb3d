import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { AwsError } from "../../../local/http/awsError";
import { jsonResponse } from "../../../local/http/message";
import { type Listening, serve } from "../../../local/http/serve";

describe("A server of the local cloud", () => {
  let server: Listening;
  const sockets: Socket[] = [];
  before(async () => {
    server = await serve("http://127.0.0.1:0", {
      name: "test",
      handle: async () => jsonResponse(200, {}),
      reject: (error) => error.toJson(),
      fault: new AwsError("InternalFailure", 500, "failed"),
      log: () => undefined,
    });
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    await server.close();
  });

  it("closes connections that only wait, when clients forget many of them", async () => {
    const { port } = new URL(server.address);
    for (let i = 0; i < 400; i++) {
      const socket = connect(Number(port), "127.0.0.1");
      sockets.push(socket);
      socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      await once(socket, "data");
    }
    const open = sockets.filter((socket) => !socket.destroyed && !socket.readableEnded).length;
    assert.ok(open <= 210, `${open} of 400 connections are open`);
  });
});
