import assert from "node:assert/strict";
import { SmokeFunction } from "../../helpers/handlers/smokeFunction";

describe("presignPut", () => {
  let smoke: SmokeFunction;
  before(async () => {
    smoke = await SmokeFunction.start();
  });
  after(() => smoke.stop());

  const presign = async (request: object): Promise<URL> => {
    const { body } = await smoke.post({ file_name: "a.npy", ...request }, "/uploads");
    return new URL(JSON.parse(body).url);
  };
  const put = async (url: URL | string, body: string, init: RequestInit = {}) => {
    const response = await fetch(url, { method: "PUT", body, ...init });
    return [response.status, /<Code>(.*)<\/Code>/.exec(await response.text())?.[1]];
  };

  it("signs the host and nothing else of the headers, for 15 minutes", async () => {
    const url = await presign({});
    const parameters = Object.fromEntries(url.searchParams);
    assert.deepEqual(Object.keys(parameters).sort(), [
      "X-Amz-Algorithm",
      "X-Amz-Content-Sha256",
      "X-Amz-Credential",
      "X-Amz-Date",
      "X-Amz-Expires",
      "X-Amz-Security-Token",
      "X-Amz-Signature",
      "X-Amz-SignedHeaders",
      "x-id",
    ]);
    const { "X-Amz-SignedHeaders": headers, "X-Amz-Expires": expires, "x-id": id } = parameters;
    assert.deepEqual([headers, expires, id], ["host", "900", "PutObject"]);
    assert.equal(parameters["X-Amz-Content-Sha256"], "UNSIGNED-PAYLOAD");
    assert.equal(url.pathname, "/uploads/a.npy");
  });

  it("signs the length where it is given, and S3 rejects another one", async () => {
    const url = await presign({ size: 5 });
    assert.equal(url.searchParams.get("X-Amz-SignedHeaders"), "content-length;host");
    assert.deepEqual(await put(url, "123456"), [403, "SignatureDoesNotMatch"]);
    assert.deepEqual(await put(url, "12345"), [200, undefined]);
  });

  it("leaves the content type to whoever uploads", async () => {
    const url = await presign({});
    const headers = { "content-type": "application/x-numpy" };
    assert.deepEqual(await put(url, "any", { headers }), [200, undefined]);
  });

  it("is valid for this object and method only", async () => {
    const url = await presign({});
    const other = String(url).replace("/a.npy", "/b.npy");
    assert.deepEqual(await put(other, "any"), [403, "SignatureDoesNotMatch"]);
    assert.deepEqual((await fetch(url)).status, 403);
  });

  it("holds no longer than it says", async () => {
    const url = await presign({});
    smoke.s3.now = new Date(Date.now() + 901_000);
    assert.deepEqual(await put(url, "any"), [403, "AccessDenied"]);
    smoke.s3.now = undefined;
  });
});
