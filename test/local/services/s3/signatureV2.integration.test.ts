import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { HeadObjectCommand } from "@aws-sdk/client-s3";
import { LocalS3, rootKey } from "../../../helpers/services/localS3";

/** A URL as boto3 presigns it in us-east-1 by default. */
function presign(
  endpoint: string,
  method: string,
  path: string,
  signed: Record<string, string> = {},
  expires = 60,
) {
  const end = String(Math.floor(Date.now() / 1000) + expires);
  const amz = Object.entries(signed)
    .filter(([name]) => name.startsWith("x-amz-"))
    .map(([name, value]) => `${name}:${value}\n`);
  const text = [method, "", signed["content-type"] ?? "", end, amz.sort().join("") + path].join("\n");
  const signature = createHmac("sha1", rootKey.secretAccessKey).update(text).digest("base64");
  const query = new URLSearchParams({
    AWSAccessKeyId: "ROOT",
    Signature: signature,
    Expires: end,
    ...signed,
  });
  return `${endpoint}${path}?${query}`;
}

describe("S3's Signature Version 2", () => {
  let s3: LocalS3;
  const start = async (region: string) => {
    s3 = await LocalS3.start("bucket", region);
  };
  afterEach(() => s3.stop());

  const ask = async (url: string, init?: RequestInit) => {
    const response = await fetch(url, init);
    const text = await response.text();
    return [response.status, /<Code>(.*)<\/Code>/.exec(text)?.[1] ?? text];
  };

  it("puts and gets an object in us-east-1, with the metadata that was signed", async () => {
    await start("us-east-1");
    const put = presign(s3.endpoint, "PUT", "/bucket/key", { "x-amz-meta-a": "b" });
    assert.deepEqual(await ask(put, { method: "PUT", body: Buffer.from("hello") }), [200, ""]);
    assert.deepEqual(await ask(presign(s3.endpoint, "GET", "/bucket/key")), [200, "hello"]);
    const head = await s3.client().send(new HeadObjectCommand({ Bucket: "bucket", Key: "key" }));
    assert.deepEqual(head.Metadata, { a: "b" });
  });

  it("is rejected when it has expired, is for another object, or lacks a parameter", async () => {
    await start("us-east-1");
    assert.deepEqual(await ask(presign(s3.endpoint, "GET", "/bucket/key", {}, -1)), [403, "AccessDenied"]);
    const other = presign(s3.endpoint, "GET", "/bucket/other").replace("/other", "/key");
    assert.deepEqual(await ask(other), [403, "SignatureDoesNotMatch"]);
    const partial = presign(s3.endpoint, "GET", "/bucket/key").replace(/Expires=\d+/, "");
    assert.deepEqual(await ask(partial), [403, "AccessDenied"]);
    const header = { "x-amz-meta-added": "later" };
    const put = presign(s3.endpoint, "PUT", "/bucket/key");
    assert.deepEqual(await ask(put, { method: "PUT", body: Buffer.from("x"), headers: header }), [
      403,
      "SignatureDoesNotMatch",
    ]);
  });

  it("is rejected elsewhere, with the reason", async () => {
    await start("eu-central-1");
    const response = await fetch(presign(s3.endpoint, "GET", "/bucket/key"));
    assert.equal(response.status, 400);
    assert.match(await response.text(), /is not supported\. Please use AWS4-HMAC-SHA256\./);
  });
});
