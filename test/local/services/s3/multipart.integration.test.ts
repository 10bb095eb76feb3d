import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { LocalS3, rejection } from "../../../helpers/services/localS3";

describe("S3's multipart uploads", () => {
  const at = { Bucket: "bucket", Key: "key" };
  const five = Buffer.alloc(5 * 1024 ** 2, "5");
  let s3: LocalS3;
  let client: S3Client;
  beforeEach(async () => {
    s3 = await LocalS3.start();
    client = s3.client();
  });
  afterEach(() => s3.stop());

  const create = async () => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...at, ContentType: "x/y" }));
    return UploadId;
  };
  const upload = async (UploadId: string | undefined, PartNumber: number, Body: Buffer) => {
    const { ETag } = await client.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body }));
    return { PartNumber, ETag };
  };
  const complete = (UploadId: string | undefined, Parts: { PartNumber: number; ETag?: string }[]) =>
    client.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }));
  const dataFiles = async () => (await readdir(join(s3.folder, "s3", "bucket", "data"))).length;

  it("become one object, whose parts can be read by number and across their borders", async () => {
    const UploadId = await create();
    const second = await upload(UploadId, 7, Buffer.from("tail"));
    const first = await upload(UploadId, 2, five);
    const { ETag } = await complete(UploadId, [first, second]);
    const md5 = (data: Buffer) => createHash("md5").update(data).digest();
    const etag = createHash("md5").update(Buffer.concat([md5(five), md5(Buffer.from("tail"))]));
    assert.equal(ETag, `"${etag.digest("hex")}-2"`);
    const read = async (wanted: object) => {
      const got = await client.send(new GetObjectCommand({ ...at, ...wanted }));
      return [await got.Body?.transformToString(), got.ContentRange, got.PartsCount];
    };
    assert.deepEqual(await read({ PartNumber: 2 }), ["tail", "bytes 5242880-5242883/5242884", 2]);
    assert.deepEqual(await read({ Range: "bytes=5242878-5242881" }), [
      "55ta",
      "bytes 5242878-5242881/5242884",
      undefined,
    ]);
    const none = client.send(new GetObjectCommand({ ...at, PartNumber: 3 }));
    assert.deepEqual(await rejection(none), { code: "InvalidPartNumber", status: 416 });
    const head = await client.send(new HeadObjectCommand(at));
    assert.deepEqual([head.ContentLength, head.ContentType], [5_242_884, "x/y"]);
  });

  it("are not there before they are complete, and list their parts", async () => {
    const UploadId = await create();
    await upload(UploadId, 1, Buffer.from("old"));
    await upload(UploadId, 1, five);
    await upload(UploadId, 3, Buffer.from("tail"));
    assert.deepEqual(await rejection(client.send(new GetObjectCommand(at))), {
      code: "NoSuchKey",
      status: 404,
    });
    assert.equal((await client.send(new ListObjectsV2Command({ Bucket: "bucket" }))).KeyCount, 0);
    const page = await client.send(new ListPartsCommand({ ...at, UploadId, MaxParts: 1 }));
    assert.deepEqual(
      [
        page.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]),
        page.IsTruncated,
        page.NextPartNumberMarker,
      ],
      [[[1, five.length]], true, "1"],
    );
    const rest = await client.send(new ListPartsCommand({ ...at, UploadId, PartNumberMarker: "1" }));
    assert.deepEqual(
      rest.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size]),
      [[3, 4]],
    );
    assert.equal(await dataFiles(), 2);
  });

  it("Multipart uploads outlive a restart", async () => {
    const UploadId = await create();
    const first = await upload(UploadId, 1, five);
    await s3.restart();
    client = s3.client();
    const second = await upload(UploadId, 2, Buffer.from("tail"));
    await complete(UploadId, [first, second]);
    assert.equal((await client.send(new HeadObjectCommand(at))).ContentLength, 5_242_884);
  });

  it("leave nothing behind when aborted, nor parts that were not used when completed", async () => {
    const aborted = await create();
    await upload(aborted, 1, five);
    await client.send(new AbortMultipartUploadCommand({ ...at, UploadId: aborted }));
    assert.equal(await dataFiles(), 0);
    const part = client.send(new UploadPartCommand({ ...at, UploadId: aborted, PartNumber: 1, Body: five }));
    assert.deepEqual(await rejection(part), { code: "NoSuchUpload", status: 404 });
    const UploadId = await create();
    const used = await upload(UploadId, 1, Buffer.from("used"));
    await upload(UploadId, 2, Buffer.from("not used"));
    await complete(UploadId, [used]);
    assert.equal(await dataFiles(), 1);
  });

  it("are completed again with the same result, since a client may have lost the first response", async () => {
    const UploadId = await create();
    const part = await upload(UploadId, 1, Buffer.from("part"));
    const [first, again] = [await complete(UploadId, [part]), await complete(UploadId, [part])];
    assert.deepEqual([again.ETag, again.ChecksumCRC64NVME], [first.ETag, first.ChecksumCRC64NVME]);
    const parts = client.send(new ListPartsCommand({ ...at, UploadId }));
    assert.deepEqual(await rejection(parts), { code: "NoSuchUpload", status: 404 });
  });

  it("reject parts that are too small, out of order, unknown or other ones", async () => {
    const UploadId = await create();
    const first = await upload(UploadId, 1, Buffer.from("small"));
    const second = await upload(UploadId, 2, Buffer.from("tail"));
    const rejected = (...parts: { PartNumber: number; ETag?: string }[]) =>
      rejection(complete(UploadId, parts));
    assert.deepEqual(await rejected(first, second), { code: "EntityTooSmall", status: 400 });
    assert.deepEqual(await rejected(second, first), { code: "InvalidPartOrder", status: 400 });
    assert.deepEqual(await rejected({ ...first, PartNumber: 3 }), { code: "InvalidPart", status: 400 });
    assert.deepEqual(await rejected({ ...first, ETag: second.ETag }), { code: "InvalidPart", status: 400 });
    const wrongNumber = client.send(
      new UploadPartCommand({ ...at, UploadId, PartNumber: 10_001, Body: five }),
    );
    assert.deepEqual(await rejection(wrongNumber), { code: "InvalidArgument", status: 400 });
  });

  it("take parts from other objects", async () => {
    await client.send(new PutObjectCommand({ Bucket: "bucket", Key: "source", Body: "0123456789" }));
    const UploadId = await create();
    const { CopyPartResult } = await client.send(
      new UploadPartCopyCommand({
        ...at,
        UploadId,
        PartNumber: 1,
        CopySource: "bucket/source",
        CopySourceRange: "bytes=2-4",
      }),
    );
    await complete(UploadId, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
    const { Body } = await client.send(new GetObjectCommand(at));
    assert.equal(await Body?.transformToString(), "234");
  });
});
