import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import fc from "fast-check";
import { LocalS3 } from "../../../helpers/services/localS3";

describe("S3's keys", () => {
  let s3: LocalS3;
  before(async () => {
    s3 = await LocalS3.start();
  });
  after(() => s3.stop());

  const nasty = [
    "..",
    ".",
    "",
    "/",
    "//",
    " ",
    "+",
    "%2F",
    "%",
    "?",
    "#",
    "&<>'\"",
    "a",
    "ü",
    "𐐷",
    "\uffee",
    "*",
  ];
  const key = fc
    .oneof(
      fc.array(fc.constantFrom(...nasty), { minLength: 1, maxLength: 6 }).map((parts) => parts.join("/")),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 80 }),
    )
    .filter((text) => text !== "" && Buffer.byteLength(text) <= 1024);

  it("may be any text: what is put under one is got, listed and deleted under it", async () => {
    const client = s3.client();
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(key, { minLength: 1, maxLength: 4 }), async (keys) => {
        for (const Key of keys) {
          await client.send(new PutObjectCommand({ Bucket: "bucket", Key, Body: `body of ${Key}` }));
        }
        const { Contents = [] } = await client.send(
          new ListObjectsV2Command({ Bucket: "bucket", EncodingType: "url" }),
        );
        const listed = Contents.map(({ Key = "" }) => decodeURIComponent(Key));
        const inOrder = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        assert.deepEqual(listed, inOrder);
        for (const Key of keys) {
          const { Body } = await client.send(new GetObjectCommand({ Bucket: "bucket", Key }));
          assert.equal(await Body?.transformToString(), `body of ${Key}`);
          await client.send(new DeleteObjectCommand({ Bucket: "bucket", Key }));
        }
      }),
      { numRuns: 30 },
    );
  });

  it("Keys of S3 never name a file", async () => {
    const client = s3.client();
    await client.send(new PutObjectCommand({ Bucket: "bucket", Key: "../../escaped", Body: "x" }));
    const files = await readdir(s3.folder, { recursive: true });
    assert.deepEqual(files.filter((file) => !/[0-9a-f-]{36}$/.test(file)).sort(), [
      "s3",
      join("s3", "bucket"),
      ...["bucket.json", "data", "journal.jsonl", "journal.jsonl.bytes"].map((file) =>
        join("s3", "bucket", file),
      ),
    ]);
    assert.equal(files.length, 7);
  });
});
