import assert from "node:assert/strict";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { LocalS3, rejection } from "../../../helpers/services/localS3";

describe("S3's conditional requests", () => {
  const at = { Bucket: "bucket", Key: "key" };
  const etag = '"5d41402abc4b2a76b9719d911017c592"';
  const other = '"00000000000000000000000000000000"';
  const modified = new Date("2026-01-02T03:04:05.678Z");
  const later = new Date("2026-01-02T03:04:06Z");
  const sameSecond = new Date("2026-01-02T03:04:05Z");
  const earlier = new Date("2026-01-02T03:04:04Z");
  let s3: LocalS3;
  let client: S3Client;
  beforeEach(async () => {
    s3 = await LocalS3.start();
    s3.now = modified;
    client = s3.client();
    await client.send(new PutObjectCommand({ ...at, Body: "hello" }));
  });
  afterEach(() => s3.stop());

  for (const [title, condition, status] of [
    ["a matching If-Match", { IfMatch: etag }, 200],
    ["another If-Match", { IfMatch: other }, 412],
    ["a matching If-None-Match", { IfNoneMatch: etag }, 304],
    ["another If-None-Match", { IfNoneMatch: other }, 200],
    ["one matching If-None-Match of several", { IfNoneMatch: `${other}, ${etag}` }, 304],
    ["a change after If-Modified-Since", { IfModifiedSince: earlier }, 200],
    ["no change after If-Modified-Since", { IfModifiedSince: sameSecond }, 304],
    ["no change after If-Unmodified-Since", { IfUnmodifiedSince: sameSecond }, 200],
    ["a change after If-Unmodified-Since", { IfUnmodifiedSince: earlier }, 412],
    ["If-Match over If-Unmodified-Since", { IfMatch: etag, IfUnmodifiedSince: earlier }, 200],
    ["If-None-Match over If-Modified-Since", { IfNoneMatch: other, IfModifiedSince: later }, 200],
  ] as const) {
    it(`answer ${status} to a read with ${title}`, async () => {
      const call = client.send(new GetObjectCommand({ ...at, ...condition }));
      const answered =
        status === 200 ? (await call).$metadata.httpStatusCode : (await rejection(call)).status;
      assert.equal(answered, status);
    });
  }

  it("write only what is not there with If-None-Match: *", async () => {
    const put = (Key: string) =>
      client.send(new PutObjectCommand({ ...at, Key, Body: "x", IfNoneMatch: "*" }));
    assert.deepEqual(await rejection(put("key")), { code: "PreconditionFailed", status: 412 });
    assert.equal((await put("new")).$metadata.httpStatusCode, 200);
  });

  it("let one of many writers at once win with If-None-Match: *", async () => {
    const writers = Array.from({ length: 8 }, (_, i) =>
      client.send(new PutObjectCommand({ ...at, Key: "race", Body: `${i}`, IfNoneMatch: "*" })),
    );
    const settled = await Promise.allSettled(writers);
    assert.equal(settled.filter(({ status }) => status === "fulfilled").length, 1);
  });

  it("write only over what was read with If-Match", async () => {
    const put = (IfMatch: string, Key = "key") =>
      client.send(new PutObjectCommand({ ...at, Key, Body: "x", IfMatch }));
    assert.deepEqual(await rejection(put(other)), { code: "PreconditionFailed", status: 412 });
    assert.deepEqual(await rejection(put(etag, "none")), { code: "NoSuchKey", status: 404 });
    assert.equal((await put(etag)).$metadata.httpStatusCode, 200);
  });

  it("delete only what was read with If-Match", async () => {
    const remove = (IfMatch: string) => client.send(new DeleteObjectCommand({ ...at, IfMatch }));
    assert.deepEqual(await rejection(remove(other)), { code: "PreconditionFailed", status: 412 });
    assert.equal((await remove(etag)).$metadata.httpStatusCode, 204);
  });

  it("copy only what is as expected", async () => {
    const copy = (condition: object) =>
      client.send(
        new CopyObjectCommand({ Bucket: "bucket", Key: "copy", CopySource: "bucket/key", ...condition }),
      );
    const rejected = { code: "PreconditionFailed", status: 412 };
    assert.deepEqual(await rejection(copy({ CopySourceIfMatch: other })), rejected);
    assert.deepEqual(await rejection(copy({ CopySourceIfNoneMatch: etag })), rejected);
    assert.equal((await copy({ CopySourceIfMatch: etag })).$metadata.httpStatusCode, 200);
  });
});
