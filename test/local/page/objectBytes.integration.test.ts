import assert from "node:assert/strict";
import { createServer } from "node:http";
import { LocalCloud } from "@paddock/local/cli";
import { freePorts } from "../../helpers/cloud/freePorts";
import { listen } from "../../helpers/http/listen";
import { writeProject } from "../../helpers/program/writeProject";

const PROGRAM = `
import * as aws from "@pulumi/aws";
export const bucket = new aws.s3.Bucket("models").bucket;
`;

describe("The page's API for bytes", () => {
  let cloud: LocalCloud;
  let address: string;
  let secret: string;
  before(async () => {
    const projectDir = writeProject(PROGRAM);
    cloud = await LocalCloud.start({ projectDir, stack: "dev", basePort: await freePorts(), config: {} });
    [address = "", secret = ""] = cloud.pageAddress.split("/#secret=");
  });
  after(() => cloud?.close());

  const ask = (route: string, init: RequestInit = {}) =>
    fetch(`${address}${route}`, { ...init, headers: { authorization: `Bearer ${secret}` } });
  const messageOf = async (response: Response) => [
    response.status,
    ((await response.json()) as { message: string }).message,
  ];

  it("puts an object under any key, and gives its bytes with no type that a browser would run", async () => {
    const path = `/api/objects/${cloud.outputs.bucket}/${encodeURIComponent("models/ä b/1/model.onnx")}`;
    const body = "<script>alert(1)</script>";
    assert.equal((await ask(path, { method: "PUT", body })).status, 200);
    const response = await ask(path);
    assert.equal(response.headers.get("content-type"), "application/octet-stream");
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    assert.equal(await response.text(), body);
  });

  it("says that an object or its bucket is not there", async () => {
    assert.equal((await ask(`/api/objects/${cloud.outputs.bucket}/none`)).status, 404);
    assert.equal((await ask("/api/objects/none/none")).status, 404);
    assert.equal((await ask("/api/objects/none/none", { method: "PUT", body: "x" })).status, 404);
  });

  describe("an image of another host", () => {
    const server = createServer(({ url }, response) => {
      if (url === "/large") response.end(Buffer.alloc(10 * 1024 * 1024 + 1));
      else response.writeHead(url === "/gone" ? 404 : 200, { "content-type": "text/html" }).end("<b>");
    });
    let host: string;
    before(async () => {
      host = await listen(server);
    });
    const image = (url: string) => ask(`/api/image?url=${encodeURIComponent(url)}`);

    it("is bytes, whatever type the host says", async () => {
      const response = await image(`${host}/image.jpg`);
      assert.equal(response.headers.get("content-type"), "application/octet-stream");
      assert.equal(await response.text(), "<b>");
    });

    it("is rejected where it is no address, is not there, or is too large", async () => {
      const wrong = "`url` must be an address that begins with http:// or https://.";
      assert.deepEqual(await messageOf(await image("file:///etc/passwd")), [400, wrong]);
      assert.deepEqual(await messageOf(await ask("/api/image")), [400, wrong]);
      const gone = [502, "The image cannot be shown: it answered 404."];
      assert.deepEqual(await messageOf(await image(`${host}/gone`)), gone);
      const large = [502, "The image cannot be shown: it has over 10485760 bytes."];
      assert.deepEqual(await messageOf(await image(`${host}/large`)), large);
    });

    it("is not fetched for who does not have the secret", async () => {
      assert.equal((await fetch(`${address}/api/image?url=${host}`)).status, 401);
    });
  });
});
