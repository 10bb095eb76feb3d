import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { LocalS3 } from "../../../helpers/services/localS3";

const at = { Bucket: "bucket", Key: "folder/scene 1.npy" };

describe("S3's presigned URLs", () => {
  let s3: LocalS3;
  let client: S3Client;
  beforeEach(async () => {
    s3 = await LocalS3.start();
    client = s3.client({ requestChecksumCalculation: "WHEN_REQUIRED" });
  });
  afterEach(() => s3.stop());

  /** Status and error code. */
  const ask = async (url: string, init?: RequestInit) => {
    const response = await fetch(url, init);
    const [, code, message] = /<Code>(.*)<\/Code><Message>(.*)<\/Message>/.exec(await response.text()) ?? [];
    return [response.status, code, message];
  };
  const mismatch = [
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
  ];

  it("put and get an object without any credentials of one's own", async () => {
    const put = await getSignedUrl(client, new PutObjectCommand(at));
    assert.deepEqual(await ask(put, { method: "PUT", body: "hello" }), [200, undefined, undefined]);
    const get = await fetch(await getSignedUrl(client, new GetObjectCommand(at)));
    assert.deepEqual([get.status, await get.text()], [200, "hello"]);
  });

  it("A presigned URL does one thing to one object", async () => {
    const put = await getSignedUrl(client, new PutObjectCommand(at));
    assert.deepEqual(await ask(put), mismatch);
    assert.deepEqual(await ask(put.replace("scene", "other"), { method: "PUT", body: "x" }), mismatch);
    assert.deepEqual(
      await ask(put.replace("Expires=900", "Expires=901"), { method: "PUT", body: "x" }),
      mismatch,
    );
    assert.deepEqual(
      await ask(`${put}&response-content-type=text/html`, { method: "PUT", body: "x" }),
      mismatch,
    );
  });

  it("expire after the time that was signed", async () => {
    const url = await getSignedUrl(client, new PutObjectCommand(at), { expiresIn: 900 });
    s3.now = new Date(Date.now() + 901_000);
    assert.deepEqual(await ask(url, { method: "PUT", body: "x" }), [
      403,
      "AccessDenied",
      "Request has expired",
    ]);
  });

  it("take only a body of the length that is signed", async () => {
    const signed = {
      unhoistableHeaders: new Set(["content-length"]),
      signableHeaders: new Set(["content-length", "host"]),
    };
    const url = await getSignedUrl(client, new PutObjectCommand({ ...at, ContentLength: 5 }), signed);
    assert.match(url, /SignedHeaders=content-length%3Bhost/);
    assert.deepEqual(await ask(url, { method: "PUT", body: "longer" }), mismatch);
    assert.deepEqual(await ask(url, { method: "PUT", body: "hello" }), [200, undefined, undefined]);
  });

  it("carry metadata in the query, and reject headers that are not signed", async () => {
    const url = await getSignedUrl(client, new PutObjectCommand({ ...at, Metadata: { a: "b" } }));
    await ask(url, { method: "PUT", body: "x" });
    assert.deepEqual((await client.send(new HeadObjectCommand(at))).Metadata, { a: "b" });
    assert.deepEqual(await ask(url, { method: "PUT", body: "x", headers: { "x-amz-meta-c": "d" } }), [
      403,
      "AccessDenied",
      "There were headers present in the request which were not signed",
    ]);
  });

  it("check a checksum that was signed in", async () => {
    const empty = await getSignedUrl(s3.client(), new PutObjectCommand(at));
    assert.match(empty, /x-amz-checksum-crc32=AAAAAA%3D%3D/);
    assert.deepEqual(await ask(empty, { method: "PUT", body: "x" }), [
      400,
      "BadDigest",
      "The CRC32 you specified did not match the calculated checksum.",
    ]);
  });

  it("take an upload that waits for 100 Continue", async () => {
    const body = Buffer.alloc(3 * 1024 ** 2, "x");
    const url = await getSignedUrl(client, new PutObjectCommand(at));
    const headers = { "content-length": body.length, expect: "100-continue" };
    const upload = request(url, { method: "PUT", headers });
    upload.once("continue", () => upload.end(body));
    upload.flushHeaders();
    const [response] = (await once(upload, "response")) as [IncomingMessage];
    response.resume();
    assert.equal(response.statusCode, 200);
    const { ContentLength, ContentType } = await client.send(new HeadObjectCommand(at));
    assert.deepEqual([ContentLength, ContentType], [body.length, "binary/octet-stream"]);
  });
});
