import assert from "node:assert/strict";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  RestoreObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { LocalS3, rejection } from "../../../helpers/services/localS3";

describe("S3's objects", () => {
  let s3: LocalS3;
  let client: S3Client;
  const at = { Bucket: "bucket", Key: "folder/key" };
  beforeEach(async () => {
    s3 = await LocalS3.start();
    client = s3.client();
  });
  afterEach(() => s3.stop());

  const read = async (Key = at.Key) => {
    const { Body } = await client.send(new GetObjectCommand({ ...at, Key }));
    return Body?.transformToString();
  };

  it("come back in the encodings they were sent in, without aws-chunked", async () => {
    for (const [sent, expected] of [
      ["deflate, gzip", "deflate, gzip"],
      ["aws-chunked, deflate, gzip", "deflate, gzip"],
      ["gzip, aws-chunked", "gzip"],
      ["aws-chunked, aws-chunked", undefined],
    ] as const) {
      await client.send(new PutObjectCommand({ ...at, Body: "hello", ContentEncoding: sent }));
      assert.equal((await client.send(new HeadObjectCommand(at))).ContentEncoding, expected);
    }
  });

  it("come back with what was said of them", async () => {
    s3.now = new Date("2026-01-02T03:04:05.678Z");
    client = s3.client();
    await client.send(
      new PutObjectCommand({
        ...at,
        Body: "hello",
        ContentType: "text/plain",
        CacheControl: "no-cache",
        ContentDisposition: "attachment",
        ContentEncoding: "identity",
        ContentLanguage: "en",
        Metadata: { origin: "test, twice" },
        Tagging: "a=1&b=x%20y",
      }),
    );
    const { Body, $metadata, ...got } = await client.send(new GetObjectCommand(at));
    assert.deepEqual(
      { ...got, body: await Body?.transformToString(), status: $metadata.httpStatusCode },
      {
        body: "hello",
        status: 200,
        AcceptRanges: "bytes",
        CacheControl: "no-cache",
        ChecksumCRC32: "NhCmhg==",
        ChecksumType: "FULL_OBJECT",
        ContentDisposition: "attachment",
        ContentEncoding: "identity",
        ContentLanguage: "en",
        ContentLength: 5,
        ContentType: "text/plain",
        ETag: '"5d41402abc4b2a76b9719d911017c592"',
        LastModified: new Date("2026-01-02T03:04:05Z"),
        Metadata: { origin: "test, twice" },
        ServerSideEncryption: "AES256",
        TagCount: 2,
      },
    );
    assert.deepEqual((await client.send(new GetObjectTaggingCommand(at))).TagSet, [
      { Key: "a", Value: "1" },
      { Key: "b", Value: "x y" },
    ]);
    const head = await client.send(new HeadObjectCommand(at));
    assert.deepEqual([head.ContentLength, head.ETag, head.ContentType], [5, got.ETag, "text/plain"]);
  });

  it("An object may be empty", async () => {
    await client.send(new PutObjectCommand({ ...at, Body: new Uint8Array() }));
    assert.equal(await read(), "");
    assert.equal((await client.send(new HeadObjectCommand(at))).ETag, '"d41d8cd98f00b204e9800998ecf8427e"');
  });

  for (const [range, body, contentRange] of [
    ["bytes=0-3", "0123", "bytes 0-3/10"],
    ["bytes=4-", "456789", "bytes 4-9/10"],
    ["bytes=-3", "789", "bytes 7-9/10"],
    ["bytes=8-99", "89", "bytes 8-9/10"],
    ["bytes=0-1,4-5", "0123456789", undefined],
    ["bytes=5-2", "0123456789", undefined],
  ] as const) {
    it(`give ${body} for the range ${range}`, async () => {
      await client.send(new PutObjectCommand({ ...at, Body: "0123456789" }));
      const got = await client.send(new GetObjectCommand({ ...at, Range: range }));
      assert.deepEqual(
        [await got.Body?.transformToString(), got.ContentRange, got.$metadata.httpStatusCode],
        [body, contentRange, contentRange ? 206 : 200],
      );
    });
  }

  it("reject a range behind their end", async () => {
    await client.send(new PutObjectCommand({ ...at, Body: "0123456789" }));
    const call = client.send(new GetObjectCommand({ ...at, Range: "bytes=10-" }));
    assert.deepEqual(await rejection(call), { code: "InvalidRange", status: 416 });
  });

  it("are copied with their metadata, or with other when it is to be replaced", async () => {
    const CopySource = "bucket/folder/key";
    await client.send(
      new PutObjectCommand({ ...at, Body: "hello", Metadata: { a: "1" }, ContentType: "x/y" }),
    );
    await client.send(new CopyObjectCommand({ Bucket: "bucket", Key: "kept", CopySource }));
    const replaced = { MetadataDirective: "REPLACE", Metadata: { b: "2" } } as const;
    await client.send(new CopyObjectCommand({ Bucket: "bucket", Key: "replaced", CopySource, ...replaced }));
    const describe = async (Key: string) => {
      const got = await client.send(new HeadObjectCommand({ Bucket: "bucket", Key }));
      return [await read(Key), got.ETag, got.Metadata, got.ContentType];
    };
    const etag = '"5d41402abc4b2a76b9719d911017c592"';
    assert.deepEqual(await describe("kept"), ["hello", etag, { a: "1" }, "x/y"]);
    assert.deepEqual(await describe("replaced"), ["hello", etag, { b: "2" }, "binary/octet-stream"]);
  });

  it("are not copied onto themselves without a change, nor from where nothing is", async () => {
    await client.send(new PutObjectCommand({ ...at, Body: "hello" }));
    const copy = (CopySource: string) => rejection(client.send(new CopyObjectCommand({ ...at, CopySource })));
    assert.deepEqual(await copy("bucket/folder/key"), { code: "InvalidRequest", status: 400 });
    assert.deepEqual(await copy("bucket/none"), { code: "NoSuchKey", status: 404 });
    assert.deepEqual(await copy("none/key"), { code: "NoSuchBucket", status: 404 });
  });

  it("are deleted one by one or many at once, and deleting a missing one succeeds", async () => {
    for (const Key of ["a", "b", "c"]) await client.send(new PutObjectCommand({ ...at, Key, Body: Key }));
    await client.send(new DeleteObjectCommand({ ...at, Key: "a" }));
    await client.send(new DeleteObjectCommand({ ...at, Key: "a" }));
    const Delete = { Objects: [{ Key: "b" }, { Key: "none & <>" }] };
    const { Deleted, Errors } = await client.send(new DeleteObjectsCommand({ Bucket: "bucket", Delete }));
    assert.deepEqual([Deleted, Errors], [[{ Key: "b" }, { Key: "none & <>" }], undefined]);
    assert.deepEqual(
      await Promise.all(
        ["a", "b"].map((Key) => rejection(client.send(new GetObjectCommand({ ...at, Key })))),
      ),
      Array(2).fill({ code: "NoSuchKey", status: 404 }),
    );
    assert.equal(await read("c"), "c");
  });

  it("name the key or bucket that is not there", async () => {
    await assert.rejects(client.send(new GetObjectCommand(at)), {
      name: "NoSuchKey",
      message: "The specified key does not exist.",
      Key: "folder/key",
    });
    await assert.rejects(client.send(new GetObjectCommand({ ...at, Bucket: "none" })), {
      name: "NoSuchBucket",
      BucketName: "none",
    });
    assert.deepEqual(await rejection(client.send(new HeadObjectCommand(at))), {
      code: "NotFound",
      status: 404,
    });
  });

  it("have keys of up to 1,024 bytes", async () => {
    const longest = "ü".repeat(512);
    await client.send(new PutObjectCommand({ ...at, Key: longest, Body: "x" }));
    assert.equal(await read(longest), "x");
    const call = client.send(new PutObjectCommand({ ...at, Key: `${longest}x`, Body: "x" }));
    assert.deepEqual(await rejection(call), { code: "KeyTooLongError", status: 400 });
  });

  it("lie in buckets that can be listed and located", async () => {
    await s3.service.createBucket("another");
    const { Buckets } = await client.send(new ListBucketsCommand({}));
    assert.deepEqual(
      Buckets?.map(({ Name }) => Name),
      ["another", "bucket"],
    );
    const { LocationConstraint } = await client.send(new GetBucketLocationCommand({ Bucket: "bucket" }));
    assert.equal(LocationConstraint, "eu-central-1");
    const { BucketRegion } = await client.send(new HeadBucketCommand({ Bucket: "bucket" }));
    assert.equal(BucketRegion, "eu-central-1");
    const head = client.send(new HeadBucketCommand({ Bucket: "none" }));
    assert.deepEqual(await rejection(head), { code: "NotFound", status: 404 });
  });

  it("are not restored: S3 rejects it where there is nothing to restore, the local S3 in an archive", async () => {
    const restore = (Key: string) =>
      rejection(client.send(new RestoreObjectCommand({ ...at, Key, RestoreRequest: { Days: 1 } })));
    await client.send(new PutObjectCommand({ ...at, Body: "hello" }));
    await client.send(new PutObjectCommand({ ...at, Key: "old", Body: "hello", StorageClass: "GLACIER" }));
    assert.deepEqual(await restore(at.Key), { code: "InvalidObjectState", status: 403 });
    assert.deepEqual(await restore("old"), { code: "NotImplemented", status: 501 });
    assert.deepEqual(await restore("none"), { code: "NoSuchKey", status: 404 });
  });

  it("are not mixed up with what the local S3 does not implement", async () => {
    const call = client.send(new PutBucketTaggingCommand({ Bucket: "bucket", Tagging: { TagSet: [] } }));
    await assert.rejects(call, {
      name: "NotImplemented",
      message:
        "The local S3 does not implement PUT bucket with ?tagging: a bucket's settings are declared in the stack.",
    });
  });
});
