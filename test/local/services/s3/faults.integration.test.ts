import assert from "node:assert/strict";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { LocalS3, rejection } from "../../../helpers/services/localS3";

describe("The local S3 on a machine with a fault", () => {
  const at = { Bucket: "bucket", Key: "key" };
  let s3: LocalS3;
  beforeEach(async () => {
    s3 = await LocalS3.start();
    await s3.client().send(new PutObjectCommand({ ...at, Body: "hello" }));
  });
  afterEach(() => s3.stop());

  const folder = () => join(s3.folder, "s3", "bucket");

  it("answers an upload to a full disk with S3's own error, and takes the next one", async () => {
    const { data } = s3.service.bucket("bucket");
    const { write } = data;
    data.write = async () => {
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    };
    const put = () => s3.client().send(new PutObjectCommand({ ...at, Body: "more" }));
    await assert.rejects(put(), {
      name: "ServiceUnavailable",
      message: "The disk with the local S3's data is full: free some space, and send the request again.",
    });
    data.write = write;
    await put();
    assert.equal(s3.logged.length, 1);
  });

  it("answers a read of an object whose bytes are gone with S3's own error, and reads others", async () => {
    await s3.client().send(new PutObjectCommand({ ...at, Key: "other", Body: "other" }));
    const [segment] = s3.service.find("bucket", "key")?.segments ?? [];
    await rm(join(folder(), "data", String(segment?.file)));
    const get = s3.client().send(new GetObjectCommand(at));
    assert.deepEqual(await rejection(get), { code: "InternalError", status: 500 });
    assert.match(String(s3.logged[0]), /is gone: delete the object, and upload it again$/);
    const other = await s3.client().send(new GetObjectCommand({ ...at, Key: "other" }));
    assert.equal(await other.Body?.transformToString(), "other");
  });

  it("answers a read of an object whose bytes were cut short with S3's own error, before any of them", async () => {
    const [segment] = s3.service.find("bucket", "key")?.segments ?? [];
    await writeFile(join(folder(), "data", String(segment?.file)), "hel");
    const get = s3.client().send(new GetObjectCommand(at));
    assert.deepEqual(await rejection(get), { code: "InternalError", status: 500 });
    assert.match(
      String(s3.logged[0]),
      /is damaged \(3 bytes in place of 5\): delete the object, and upload it again$/,
    );
  });

  it("does not start on a journal that has lost lines, and takes no object for gone by itself", async () => {
    const journal = join(folder(), "journal.jsonl");
    await s3.service.close();
    const whole = await readFile(journal, "utf8");
    await writeFile(journal, "");
    await assert.rejects(s3.restart(), {
      message: `${journal} is damaged (0 bytes in place of ${whole.length}): put back a copy of it; or delete ${journal}.bytes, and objects that it names no more are lost.`,
    });
    await writeFile(journal, whole);
    await s3.restart();
    const got = await s3.client().send(new GetObjectCommand(at));
    assert.equal(await got.Body?.transformToString(), "hello");
  });

  it("does not start on a damaged journal, and names the line and the cure", async () => {
    const journal = join(folder(), "journal.jsonl");
    const [line = ""] = (await readFile(journal, "utf8")).split("\n");
    await s3.service.close();
    await writeFile(journal, `${line}\n{"put":\n${line}\n`);
    await assert.rejects(s3.restart(), {
      message: `${journal} is damaged in line 2: delete that line, and what it says of one object is lost.`,
    });
    await writeFile(journal, `${line}\n${line}\n`);
    await s3.restart();
    const { Contents } = await s3.client().send(new ListObjectsV2Command({ Bucket: "bucket" }));
    assert.deepEqual(
      Contents?.map(({ Key }) => Key),
      ["key"],
    );
  });

  for (const [what, damage] of [
    ["damaged", (file: string) => writeFile(file, "{")],
    ["gone", (file: string) => rm(file)],
  ] as const) {
    it(`does not start on a bucket whose settings are ${what}, and says what to write`, async () => {
      const file = join(folder(), "bucket.json");
      await s3.service.close();
      await damage(file);
      let message = "";
      await assert.rejects(s3.restart(), (error: Error) => {
        message = error.message;
        return true;
      });
      assert.ok(message.startsWith(`${file} is ${what}`), message);
      const [, minimum = ""] = /: write (\{.*\}) to it/.exec(message) ?? [];
      await writeFile(file, minimum);
      await s3.restart();
      const got = await s3.client().send(new GetObjectCommand(at));
      assert.equal(await got.Body?.transformToString(), "hello");
      assert.deepEqual((await readdir(folder())).sort(), [
        "bucket.json",
        "data",
        "journal.jsonl",
        "journal.jsonl.bytes",
      ]);
    });
  }

  it("keeps metadata and tags whose names objects have by themselves", async () => {
    const Metadata = Object.fromEntries([
      ["constructor", "a"],
      ["__proto__", "b"],
    ]);
    const client = s3.client();
    await client.send(new PutObjectCommand({ ...at, Metadata, Tagging: "constructor=c&__proto__=d" }));
    await s3.restart();
    const { metadata } = s3.service.find("bucket", "key") ?? {};
    assert.deepEqual(Object.entries(metadata?.metadata ?? {}).sort(), [
      ["__proto__", "b"],
      ["constructor", "a"],
    ]);
    assert.deepEqual(Object.entries(metadata?.tags ?? {}).sort(), [
      ["__proto__", "d"],
      ["constructor", "c"],
    ]);
  });
});
