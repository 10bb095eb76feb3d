import assert from "node:assert/strict";
import {
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import fc from "fast-check";
import { listKeys } from "../../../../local/services/s3/listKeys";
import { ObjectIndex } from "../../../../local/services/s3/store/objectIndex";
import { LocalS3, rejection } from "../../../helpers/services/localS3";

describe("S3's lists", () => {
  let s3: LocalS3;
  let client: S3Client;
  before(async () => {
    s3 = await LocalS3.start();
    client = s3.client();
    for (const Key of ["a", "b/1", "b/2", "b/c/3", "c d", "é", "😀"]) {
      await client.send(new PutObjectCommand({ Bucket: "bucket", Key, Body: Key }));
    }
  });
  after(() => s3.stop());

  const list = async (wanted: object) => {
    const got = await client.send(new ListObjectsV2Command({ Bucket: "bucket", ...wanted }));
    return {
      keys: got.Contents?.map(({ Key }) => Key),
      prefixes: got.CommonPrefixes?.map(({ Prefix }) => Prefix),
      count: got.KeyCount,
      truncated: got.IsTruncated,
    };
  };

  for (const [title, wanted, keys, prefixes] of [
    ["everything", {}, ["a", "b/1", "b/2", "b/c/3", "c d", "é", "😀"], undefined],
    ["a prefix", { Prefix: "b/" }, ["b/1", "b/2", "b/c/3"], undefined],
    ["a prefix nothing has", { Prefix: "x" }, undefined, undefined],
    ["a folder", { Delimiter: "/" }, ["a", "c d", "é", "😀"], ["b/"]],
    ["a folder within a prefix", { Prefix: "b/", Delimiter: "/" }, ["b/1", "b/2"], ["b/c/"]],
    ["what comes after a key", { StartAfter: "b/2" }, ["b/c/3", "c d", "é", "😀"], undefined],
    ["no keys", { MaxKeys: 0 }, undefined, undefined],
    [
      "encoded keys",
      { EncodingType: "url", StartAfter: "b/c/3" },
      ["c%20d", "%C3%A9", "%F0%9F%98%80"],
      undefined,
    ],
  ] as const) {
    it(`show ${title}`, async () => {
      const count = (keys?.length ?? 0) + (prefixes?.length ?? 0);
      assert.deepEqual(await list(wanted), { keys, prefixes, count, truncated: false });
    });
  }

  it("show an object's size, ETag and time", async () => {
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: "bucket", Prefix: "a" }));
    const [{ LastModified, Owner, ...a } = {}] = Contents ?? [];
    assert.deepEqual(
      { ...a, isDate: LastModified instanceof Date },
      {
        Key: "a",
        ChecksumAlgorithm: ["CRC32"],
        ChecksumType: "FULL_OBJECT",
        ETag: '"0cc175b9c0f1b6a831c399e269772661"',
        Size: 1,
        StorageClass: "STANDARD",
        isDate: true,
      },
    );
    assert.equal(Owner, undefined);
  });

  it("of the first version page by marker", async () => {
    const first = await client.send(new ListObjectsCommand({ Bucket: "bucket", Delimiter: "/", MaxKeys: 2 }));
    assert.deepEqual(
      [first.Contents?.map(({ Key }) => Key), first.CommonPrefixes, first.NextMarker],
      [["a"], [{ Prefix: "b/" }], "b/"],
    );
    const second = await client.send(
      new ListObjectsCommand({ Bucket: "bucket", Delimiter: "/", Marker: first.NextMarker }),
    );
    assert.deepEqual(
      second.Contents?.map(({ Key }) => Key),
      ["c d", "é", "😀"],
    );
  });

  it("page through everything whatever the page's size", async () => {
    for (const pageSize of [1, 2, 3, 7]) {
      const keys: unknown[] = [];
      for await (const page of paginateListObjectsV2({ client, pageSize }, { Bucket: "bucket" })) {
        keys.push(...(page.Contents ?? []).map(({ Key }) => Key));
      }
      assert.deepEqual(keys, ["a", "b/1", "b/2", "b/c/3", "c d", "é", "😀"]);
    }
  });

  it("reject what cannot be a request", async () => {
    const wrong = (wanted: object) => rejection(list(wanted));
    assert.deepEqual(await wrong({ ContinuationToken: "nonsense" }), {
      code: "InvalidArgument",
      status: 400,
    });
    assert.deepEqual(await wrong({ MaxKeys: -1 }), { code: "InvalidArgument", status: 400 });
    assert.deepEqual(await wrong({ EncodingType: "xml" }), { code: "InvalidArgument", status: 400 });
  });
});

describe("listKeys", () => {
  it("agrees, page by page, with grouping all keys at once", () => {
    const key = fc.string({
      unit: fc.constantFrom("a", "b", "/", "\uffff", "😀"),
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { maxLength: 12 }),
        fc.constantFrom("", "a", "a/", "b"),
        fc.constantFrom("", "/", "a"),
        fc.integer({ min: 1, max: 4 }),
        (keys, prefix, delimiter, maxKeys) => {
          const index = new ObjectIndex();
          for (const one of keys) {
            const version = {
              key: one,
              versionId: "null",
              lastModified: "",
              etag: "",
              size: 0,
              segments: [],
              metadata: {},
            };
            index.put(version);
          }
          const listed: string[] = [];
          for (let after: string | undefined = ""; after !== undefined; ) {
            const page = listKeys(index, { prefix, delimiter, after, maxKeys });
            const entries = [...page.objects.map((object) => object.key), ...page.commonPrefixes];
            assert.ok(entries.length <= maxKeys);
            listed.push(...entries.sort(compareBytes));
            after = page.next;
          }
          const expected = keys
            .filter((one) => one.startsWith(prefix))
            .map((one) => {
              const at = delimiter === "" ? -1 : one.indexOf(delimiter, prefix.length);
              return at < 0 ? one : one.slice(0, at + delimiter.length);
            });
          assert.deepEqual(listed, [...new Set(expected)].sort(compareBytes));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
