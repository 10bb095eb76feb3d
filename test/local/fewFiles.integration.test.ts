import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import path from "node:path";
import { rawRequest } from "../helpers/http/rawRequest";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

const SCRIPT = path.join(__dirname, "serveWithFewFiles.ts");

/** Clients that forget their connections, to each service. */
const FORGOTTEN = 100;
const AT_ONCE = 40;

describe("A local cloud that may have 150 files open", () => {
  before(function () {
    if (process.platform === "win32") this.skip();
  });

  it("answers on every port, with many connections forgotten on each, and lives", async () => {
    const command = `ulimit -n 150 && exec "${process.execPath}" --import tsx "${SCRIPT}" "${temporaryFolder()}"`;
    const cloud = spawn("sh", ["-c", command], { stdio: ["pipe", "pipe", "pipe"] });
    const sockets: Socket[] = [];
    let errors = "";
    cloud.stderr.setEncoding("utf8").on("data", (text) => {
      errors += text;
    });
    try {
      const [line] = await once(cloud.stdout.setEncoding("utf8"), "data");
      const addresses: Record<string, string> = JSON.parse(line);
      for (const address of Object.values(addresses)) sockets.push(...(await forget(address)));
      for (const [name, address] of Object.entries(addresses)) {
        const statuses = await Promise.all(Array.from({ length: AT_ONCE }, () => statusOf(address)));
        const answered = statuses.filter((status) => status > 0);
        assert.ok(answered.length > 0, `${name} answers none of ${AT_ONCE}: ${errors}`);
        // One after the other all are answered.
        for (let i = 0; i < 5; i++)
          assert.equal(await statusOf(address), EXPECTED[name], `${name}: ${errors}`);
      }
      assert.equal(cloud.exitCode, null, errors);
    } finally {
      for (const socket of sockets) socket.destroy();
      cloud.stdin.end();
      if (cloud.exitCode === null) await once(cloud, "exit");
    }
  });
});

/** Without a signature S3 and Lambda's API turn callers away; the SageMaker runtime has no endpoint. */
const EXPECTED: Readonly<Record<string, number>> = {
  s3Endpoint: 403,
  lambdaEndpoint: 403,
  sageMaker: 404,
  url: 200,
};

/** Connections on which one request was answered, and no other comes. */
async function forget(address: string): Promise<Socket[]> {
  const { port } = new URL(address);
  return Promise.all(
    Array.from({ length: FORGOTTEN }, async () => {
      const socket = connect(Number(port), "127.0.0.1");
      socket.on("error", () => undefined).resume();
      socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      await Promise.race([once(socket, "data"), once(socket, "close")]).catch(() => undefined);
      return socket;
    }),
  );
}

/** 0 where the connection was cut. */
async function statusOf(address: string): Promise<number> {
  const { status } = await rawRequest(`${address.replace(/\/$/, "")}/`).catch(() => ({ status: 0 }));
  return status;
}
