import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { AwsError } from "../../../local/http/awsError";
import { jsonResponse } from "../../../local/http/message";
import { type Listening, serve } from "../../../local/http/serve";

describe("A server of the local cloud", () => {
  let server: Listening;
  const sockets: Socket[] = [];
  before(async () => {
    server = await serve("http://127.0.0.1:0", {
      name: "test",
      handle: async ({ rawPath, rawQuery }) => jsonResponse(200, { rawPath, rawQuery }),
      reject: (error) => error.toJson(),
      fault: new AwsError("InternalFailure", 500, "failed"),
      log: () => undefined,
    });
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    await server.close();
  });

  it("takes the whole address of a request as its path, and that address's host as the one to be checked", async () => {
    const { port } = new URL(server.address);
    const ask = async (target: string) => {
      const socket = connect(Number(port), "127.0.0.1");
      sockets.push(socket);
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      const answer = await text(socket);
      return [Number(answer.slice(9, 12)), answer.split("\r\n\r\n")[1]] as const;
    };
    assert.deepEqual(await ask("http://127.0.0.1:80/a/b?c=1"), [200, '{"rawPath":"/a/b","rawQuery":"c=1"}']);
    assert.deepEqual(await ask("HTTPS://localhost?c=1"), [200, '{"rawPath":"/","rawQuery":"c=1"}']);
    assert.equal((await ask("http://example.com/"))[0], 403);
    assert.equal((await ask("http:///"))[0], 403);
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
