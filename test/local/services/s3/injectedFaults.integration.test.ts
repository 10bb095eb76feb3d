import assert from "node:assert/strict";
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { LocalS3, rejection } from "../../../helpers/services/localS3";

describe("A fault of S3 that was asked for", () => {
  const Bucket = "bucket";
  const Key = "object";
  let s3: LocalS3;
  before(async () => {
    s3 = await LocalS3.start(Bucket);
    await s3.client().send(new PutObjectCommand({ Bucket, Key, Body: Buffer.alloc(1_000_000, 7) }));
  });
  afterEach(() => {
    s3.fault = {};
  });
  after(() => s3.stop());

  const get = async (range?: string) => {
    const { Body } = await s3.client().send(new GetObjectCommand({ Bucket, Key, Range: range }));
    return (await Body?.transformToByteArray())?.length;
  };

  it("answers SlowDown, after which the next request works and nothing was done", async () => {
    s3.fault = { kind: "fail" };
    const put = new PutObjectCommand({ Bucket, Key: "another", Body: "x" });
    assert.deepEqual(await rejection(s3.client().send(put)), { code: "SlowDown", status: 503 });
    assert.deepEqual(await rejection(s3.client().send(new GetObjectCommand({ Bucket, Key }))), {
      code: "SlowDown",
      status: 503,
    });
    s3.fault = {};
    const { Contents } = await s3.client().send(new ListObjectsV2Command({ Bucket }));
    assert.deepEqual(
      Contents?.map((object) => object.Key),
      [Key],
    );
  });

  it("is borne by the SDK's own retries", async () => {
    s3.fault = { kind: "fail" };
    const sent = s3.client({ maxAttempts: 3 }).send(new HeadObjectCommand({ Bucket, Key }));
    setTimeout(() => {
      s3.fault = {};
    }, 1);
    assert.equal((await sent).ContentLength, 1_000_000);
  });

  it("cuts the connection within an object, whole ones and ranges, and leaves lists whole", async () => {
    s3.fault = { kind: "cut" };
    await assert.rejects(get());
    await assert.rejects(get("bytes=0-9999"));
    const { KeyCount } = await s3.client().send(new ListObjectsV2Command({ Bucket }));
    assert.equal(KeyCount, 1);
    s3.fault = {};
    assert.equal(await get(), 1_000_000);
  });

  it("sends the first half of an object before the cut, under the length of the whole", async () => {
    s3.fault = { kind: "cut" };
    const { Body, ContentLength } = await s3.client().send(new GetObjectCommand({ Bucket, Key }));
    let bytes = 0;
    await assert.rejects(async () => {
      for await (const chunk of Body as AsyncIterable<Buffer>) bytes += chunk.length;
    });
    assert.deepEqual([ContentLength, bytes], [1_000_000, 500_000]);
  });

  it("A latency that was asked of S3 keeps a request waiting", async () => {
    s3.fault = { delayMs: 300 };
    const started = performance.now();
    await s3.client().send(new HeadObjectCommand({ Bucket, Key }));
    assert.ok(performance.now() - started >= 290);
  });
});
