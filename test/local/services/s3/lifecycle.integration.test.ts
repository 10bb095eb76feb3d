import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import {
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type LifecycleRule,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { isDue } from "../../../../local/services/s3/expireObjects";
import { LocalS3, rejection } from "../../../helpers/services/localS3";

const Bucket = "bucket";

describe("S3's lifecycle rules", () => {
  let s3: LocalS3;
  beforeEach(async () => {
    s3 = await LocalS3.start();
    s3.now = new Date("2026-01-01T12:00:00Z");
  });
  afterEach(() => s3.stop());

  const configure = (...rules: Partial<LifecycleRule>[]) =>
    s3.service.configureBucket(Bucket, {
      lifecycleRules: rules.map((rule) => ({ Status: "Enabled", ...rule })),
    });
  const put = (Key: string, more: object = {}) =>
    s3.client().send(new PutObjectCommand({ Bucket, Key, Body: Key, ...more }));
  const keys = async () => {
    const { Contents = [] } = await s3.client().send(new ListObjectsV2Command({ Bucket }));
    return Contents.map(({ Key }) => Key);
  };
  const bodies = async () => (await readdir(join(s3.folder, "s3", Bucket, "data"))).length;
  const versions = async () => {
    const got = await s3.client().send(new ListObjectVersionsCommand({ Bucket }));
    return [got.Versions?.length ?? 0, got.DeleteMarkers?.length ?? 0];
  };
  const setDay = (day: string) => {
    s3.now = new Date(`2026-01-${day}T00:00:00Z`);
  };

  it("remove what has expired before anybody sees it", async () => {
    await configure({ Expiration: { Days: 1 }, Filter: { Prefix: "scenes/" } });
    await put("scenes/a");
    await put("kept");
    s3.now = new Date("2026-01-02T23:59:59Z");
    assert.deepEqual(await keys(), ["kept", "scenes/a"]);
    setDay("03");
    const read = s3.client().send(new GetObjectCommand({ Bucket, Key: "scenes/a" }));
    assert.deepEqual(await rejection(read), { code: "NoSuchKey", status: 404 });
    assert.deepEqual([await keys(), await bodies()], [["kept"], 1]);
  });

  it("say of an object and of an upload when they end, and by which rule", async () => {
    await configure(
      { ID: "late", Expiration: { Days: 9 } },
      { ID: "by tag", Expiration: { Days: 2 }, Filter: { Tag: { Key: "a", Value: "b" } } },
      { ID: "too", Expiration: { Days: 2 }, Filter: { Tag: { Key: "a", Value: "b" } } },
      { ID: "off", Status: "Disabled", Expiration: { Days: 1 } },
      {
        ID: "uploads",
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        Filter: { Prefix: "in/" },
      },
    );
    const late = 'expiry-date="Sun, 11 Jan 2026 00:00:00 GMT", rule-id="late"';
    const early = 'expiry-date="Sun, 04 Jan 2026 00:00:00 GMT", rule-id="by%20tag"';
    const client = s3.client();
    assert.equal((await put("key")).Expiration, late);
    assert.equal((await put("key", { Tagging: "a=b" })).Expiration, early);
    const at = { Bucket, Key: "key" };
    assert.equal((await client.send(new HeadObjectCommand(at))).Expiration, early);
    assert.equal((await client.send(new GetObjectCommand(at))).Expiration, early);
    const copy = new CopyObjectCommand({ Bucket, Key: "copy", CopySource: "bucket/key" });
    assert.equal((await client.send(copy)).Expiration, early);
    const start = (Key: string) => client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const { UploadId, ...upload } = await start("in/key");
    const abort = { AbortDate: new Date("2026-01-03T00:00:00Z"), AbortRuleId: "uploads" };
    assert.deepEqual({ AbortDate: upload.AbortDate, AbortRuleId: upload.AbortRuleId }, abort);
    const parts = await client.send(new ListPartsCommand({ Bucket, Key: "in/key", UploadId }));
    assert.deepEqual({ AbortDate: parts.AbortDate, AbortRuleId: parts.AbortRuleId }, abort);
    assert.equal((await start("key")).AbortDate, undefined);
  });

  it("say nothing of a version that is named, and of markers that expire", async () => {
    await s3.service.configureBucket(Bucket, { versioning: "Enabled" });
    await configure({ ID: "all", Expiration: { Days: 1 } });
    const { VersionId, Expiration } = await put("key");
    assert.match(Expiration ?? "", /rule-id="all"$/);
    const named = await s3.client().send(new HeadObjectCommand({ Bucket, Key: "key", VersionId }));
    assert.equal(named.Expiration, undefined);
    await configure({ ID: "markers", Expiration: { ExpiredObjectDeleteMarker: true } });
    assert.equal((await put("key")).Expiration, undefined);
  });

  it("are shown with the size from which objects change their storage class", async () => {
    await configure({ ID: "all", Expiration: { Days: 1 } });
    const { TransitionDefaultMinimumObjectSize: size } = await s3
      .client()
      .send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    assert.equal(size, "all_storage_classes_128K");
  });

  it("remove what has expired while nothing ran", async () => {
    await configure({ Expiration: { Days: 1 } });
    await put("a");
    setDay("09");
    await s3.restart();
    assert.deepEqual([await keys(), await bodies()], [[], 0]);
  });

  it("apply at once when they are declared, and not when they are disabled", async () => {
    await put("a");
    setDay("09");
    await configure({ Status: "Disabled", Expiration: { Days: 1 } });
    assert.deepEqual(await keys(), ["a"]);
    await configure({ Expiration: { Date: new Date("2026-01-08T00:00:00Z") } });
    assert.deepEqual(await keys(), []);
  });

  it("S3's lifecycle rules choose by tag and size", async () => {
    await configure({
      Expiration: { Days: 1 },
      Filter: { And: { Prefix: "", Tags: [{ Key: "temporary", Value: "yes" }], ObjectSizeGreaterThan: 1 } },
    });
    await put("tagged", { Tagging: "temporary=yes" });
    await put("t", { Tagging: "temporary=yes" });
    await put("other", { Tagging: "temporary=no" });
    setDay("09");
    assert.deepEqual(await keys(), ["other", "t"]);
  });

  it("hide a versioned object behind a marker, and remove old versions and lonely markers", async () => {
    await s3.service.configureBucket(Bucket, { versioning: "Enabled" });
    await configure({ Expiration: { Days: 2 } });
    await put("a");
    setDay("05");
    assert.deepEqual([await keys(), await versions()], [[], [1, 1]]);
    const noncurrent = { NoncurrentVersionExpiration: { NoncurrentDays: 3 } };
    await configure(noncurrent);
    setDay("07");
    assert.deepEqual(await versions(), [1, 1]);
    setDay("08");
    assert.deepEqual(await versions(), [0, 1]);
    await configure({ Expiration: { ExpiredObjectDeleteMarker: true } });
    assert.deepEqual(await versions(), [0, 0]);
  });

  it("keep as many newer old versions as they say", async () => {
    await s3.service.configureBucket(Bucket, { versioning: "Enabled" });
    for (let i = 0; i < 5; i++) await put("a");
    await configure({ NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 2 } });
    setDay("09");
    assert.deepEqual(await versions(), [3, 0]);
    await s3.client().send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    assert.deepEqual(await keys(), []);
  });

  it("abort uploads that were never completed", async () => {
    await configure({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } });
    const at = { Bucket, Key: "a" };
    const { UploadId } = await s3.client().send(new CreateMultipartUploadCommand(at));
    setDay("03");
    const parts = s3.client().send(new ListPartsCommand({ ...at, UploadId }));
    assert.deepEqual(await rejection(parts), { code: "NoSuchUpload", status: 404 });
  });
});

describe("isDue", () => {
  it("counts days and rounds up to midnight UTC", () => {
    const due = (since: string, now: string) => isDue({ Days: 3 }, since, new Date(now));
    // The example of AWS's documentation.
    assert.equal(due("2014-01-15T10:30:00Z", "2014-01-18T23:59:59Z"), false);
    assert.equal(due("2014-01-15T10:30:00Z", "2014-01-19T00:00:00Z"), true);
  });
});
