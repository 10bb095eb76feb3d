import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describeWith } from "../../../helpers/process/describeWith";
import { LocalS3 } from "../../../helpers/services/localS3";

describeWith("aws", "The aws command line against the local S3", () => {
  // It is a Python program that takes its time to start.
  let s3: LocalS3;
  before(async () => {
    s3 = await LocalS3.start();
    await s3.service.createBucket("other");
  });
  after(() => s3.stop());

  const aws = async (...args: string[]) => {
    const { stdout } = await promisify(execFile)("aws", ["--endpoint-url", s3.endpoint, ...args], {
      env: {
        PATH: process.env.PATH,
        HOME: s3.folder,
        AWS_ACCESS_KEY_ID: "ROOT",
        AWS_SECRET_ACCESS_KEY: "root-secret",
        AWS_REGION: "eu-central-1",
        AWS_DEFAULT_REGION: "eu-central-1",
        AWS_EC2_METADATA_DISABLED: "true",
      },
    });
    return stdout;
  };

  it("aws s3 cp copies a file in and out", async () => {
    const [from, to] = [join(s3.folder, "from"), join(s3.folder, "to")];
    await writeFile(from, "hello");
    await aws("s3", "cp", from, "s3://bucket/folder/with space");
    await aws("s3", "cp", "s3://bucket/folder/with space", to);
    assert.equal(await readFile(to, "utf8"), "hello");
  });

  it("copies a large file in parts, in, from bucket to bucket, and out", async () => {
    const [from, to] = [join(s3.folder, "large"), join(s3.folder, "large.back")];
    const bytes = Buffer.alloc(20 * 1024 ** 2, "large");
    await writeFile(from, bytes);
    await aws("s3", "cp", "--no-progress", from, "s3://bucket/large");
    await aws("s3", "cp", "--no-progress", "s3://bucket/large", "s3://other/large");
    await aws("s3", "cp", "--no-progress", "s3://other/large", to);
    assert.equal(bytes.equals(await readFile(to)), true);
    const head = JSON.parse(await aws("s3api", "head-object", "--bucket", "other", "--key", "large"));
    assert.deepEqual([head.ContentLength, /-3"$/.test(head.ETag)], [bytes.length, true]);
  });

  it("lists buckets, folders and everything below", async () => {
    assert.match(await aws("s3", "ls"), /^\S+ \S+ bucket\n\S+ \S+ other\n$/);
    assert.match(await aws("s3", "ls", "s3://bucket/"), /^ +PRE folder\/\n\S+ \S+ +20971520 large\n$/);
    assert.match(await aws("s3", "ls", "--recursive", "s3://bucket/folder"), / 5 folder\/with space\n$/);
  });

  it("synchronizes, moves and removes", async () => {
    await aws("s3", "sync", "s3://bucket/folder", "s3://other/folder");
    await aws("s3", "mv", "s3://other/folder/with space", "s3://other/moved");
    assert.match(await aws("s3", "ls", "--recursive", "s3://other"), /large\n.* moved\n$/);
    await aws("s3", "rm", "--recursive", "s3://other/");
    assert.equal(await aws("s3", "ls", "s3://other"), "");
  });

  it("aws s3 presign makes an address that answers", async () => {
    const url = (await aws("s3", "presign", "s3://bucket/folder/with space")).trim();
    assert.equal(await (await fetch(url)).text(), "hello");
  });

  it("aws s3 tells why it is rejected", async () => {
    await assert.rejects(aws("s3", "cp", "s3://bucket/none", "-"), /\(404\).*Not Found/s);
    await assert.rejects(aws("s3", "ls", "s3://none"), /\(NoSuchBucket\)/);
    await assert.rejects(
      aws("s3", "mb", "s3://made"),
      /\(AccessDenied\).*declare "made" as an aws.s3.Bucket in the stack/,
    );
  });
});
