import assert from "node:assert/strict";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { LocalS3, rejection } from "../../../helpers/services/localS3";

describe("S3's versioning", () => {
  const at = { Bucket: "bucket", Key: "key" };
  let s3: LocalS3;
  let client: S3Client;
  beforeEach(async () => {
    s3 = await LocalS3.start();
    await s3.service.configureBucket("bucket", { versioning: "Enabled" });
    client = s3.client();
  });
  afterEach(() => s3.stop());

  const put = async (Body: string, Key = "key") => {
    const { VersionId } = await client.send(new PutObjectCommand({ ...at, Key, Body }));
    return VersionId;
  };
  const read = async (VersionId?: string) => {
    const got = await client.send(new GetObjectCommand({ ...at, VersionId }));
    return [await got.Body?.transformToString(), got.VersionId];
  };
  const versions = async () => {
    const { Versions = [], DeleteMarkers = [] } = await client.send(
      new ListObjectVersionsCommand({ Bucket: "bucket" }),
    );
    return {
      versions: Versions.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest]),
      markers: DeleteMarkers.map(({ Key, VersionId, IsLatest }) => [Key, VersionId, IsLatest]),
    };
  };

  it("A bucket's versioning is as declared", async () => {
    const status = async () =>
      (await client.send(new GetBucketVersioningCommand({ Bucket: "bucket" }))).Status;
    assert.equal(await status(), "Enabled");
    await s3.service.configureBucket("bucket", { versioning: undefined });
    assert.equal(await status(), undefined);
  });

  it("keeps all versions and reads each by its id", async () => {
    const [first, second] = [await put("1"), await put("2")];
    assert.equal(new Set([first, second]).size, 2);
    assert.deepEqual(await read(), ["2", second]);
    assert.deepEqual(await read(first), ["1", first]);
    assert.deepEqual(await versions(), {
      versions: [
        ["key", second, true],
        ["key", first, false],
      ],
      markers: [],
    });
    // S3 never gave the first of these ids, and has forgotten the version of the second.
    const none = client.send(new GetObjectCommand({ ...at, VersionId: "none" }));
    assert.deepEqual(await rejection(none), { code: "InvalidArgument", status: 400 });
    await client.send(new DeleteObjectCommand({ ...at, VersionId: first }));
    const gone = client.send(new GetObjectCommand({ ...at, VersionId: first }));
    assert.deepEqual(await rejection(gone), { code: "NoSuchVersion", status: 404 });
  });

  it("hides a deleted object behind a marker, and shows it when the marker is deleted", async () => {
    const first = await put("1");
    const marker = await client.send(new DeleteObjectCommand(at));
    assert.equal(marker.DeleteMarker, true);
    await assert.rejects(client.send(new GetObjectCommand(at)), { name: "NoSuchKey" });
    assert.deepEqual((await client.send(new ListObjectsV2Command({ Bucket: "bucket" }))).Contents, undefined);
    assert.deepEqual(await versions(), {
      versions: [["key", first, false]],
      markers: [["key", marker.VersionId, true]],
    });
    const readMarker = client.send(new GetObjectCommand({ ...at, VersionId: marker.VersionId }));
    assert.deepEqual(await rejection(readMarker), { code: "MethodNotAllowed", status: 405 });
    const undone = await client.send(new DeleteObjectCommand({ ...at, VersionId: marker.VersionId }));
    assert.deepEqual([undone.DeleteMarker, undone.VersionId], [true, marker.VersionId]);
    assert.deepEqual(await read(), ["1", first]);
  });

  it("deletes a version for good, and the one before it is current again", async () => {
    const [first, second] = [await put("1"), await put("2")];
    await client.send(new DeleteObjectCommand({ ...at, VersionId: second }));
    assert.deepEqual(await read(), ["1", first]);
    const Objects = [{ Key: "key", VersionId: first }];
    await client.send(new DeleteObjectsCommand({ Bucket: "bucket", Delete: { Objects } }));
    assert.deepEqual(await versions(), { versions: [], markers: [] });
  });

  it("S3 copies an old version of an object", async () => {
    const first = await put("1");
    await put("2");
    const CopySource = `bucket/key?versionId=${first}`;
    const copied = await client.send(new CopyObjectCommand({ ...at, CopySource }));
    assert.deepEqual([copied.CopySourceVersionId, (await read())[0]], [first, "1"]);
  });

  it("writes and deletes the version null while it is suspended, and keeps the others", async () => {
    const first = await put("1");
    await s3.service.configureBucket("bucket", { versioning: "Suspended" });
    // As recorded: an upload does not name the version null, a read does.
    assert.deepEqual([await put("2"), await put("3"), await read()], [undefined, undefined, ["3", "null"]]);
    assert.deepEqual(await versions(), {
      versions: [
        ["key", "null", true],
        ["key", first, false],
      ],
      markers: [],
    });
    const copied = await client.send(new CopyObjectCommand({ ...at, Key: "copy", CopySource: "bucket/key" }));
    const deleted = await client.send(new DeleteObjectCommand(at));
    assert.deepEqual(
      [copied.CopySourceVersionId, copied.VersionId, deleted.VersionId],
      [undefined, "null", "null"],
    );
    await client.send(new DeleteObjectCommand({ ...at, Key: "copy", VersionId: "null" }));
    assert.deepEqual(await versions(), {
      versions: [["key", first, false]],
      markers: [["key", "null", true]],
    });
  });

  it("keeps what was written before it was enabled as the version null", async () => {
    await s3.service.configureBucket("bucket", { versioning: undefined });
    await put("1");
    await s3.service.configureBucket("bucket", { versioning: "Enabled" });
    await put("2");
    assert.deepEqual(await read("null"), ["1", "null"]);
  });

  it("lists page by page, within a key too, with common prefixes", async () => {
    for (const Key of ["a/1", "a/2", "b", "b", "c"]) await put("x", Key);
    const pages: unknown[] = [];
    let next: { KeyMarker?: string; VersionIdMarker?: string } = {};
    for (;;) {
      const page = await client.send(
        new ListObjectVersionsCommand({ Bucket: "bucket", Delimiter: "/", MaxKeys: 1, ...next }),
      );
      pages.push(page.Versions?.map(({ Key }) => Key) ?? page.CommonPrefixes?.map(({ Prefix }) => Prefix));
      if (!page.IsTruncated) break;
      next = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
    }
    assert.deepEqual(pages, [["a/"], ["b"], ["b"], ["c"]]);
  });
});
