import assert from "node:assert/strict";
import { appendFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { LocalS3 } from "../../../helpers/services/localS3";

describe("S3's data", () => {
  const at = { Bucket: "bucket", Key: "key" };
  let s3: LocalS3;
  beforeEach(async () => {
    s3 = await LocalS3.start();
  });
  afterEach(() => s3.stop());

  const bucketFile = (...path: string[]) => join(s3.folder, "s3", "bucket", ...path);
  const versions = async () => {
    const { $metadata, ...got } = await s3.client().send(new ListObjectVersionsCommand({ Bucket: "bucket" }));
    return got;
  };
  const read = async (Key: string) => {
    const got = await s3.client().send(new GetObjectCommand({ ...at, Key }));
    return [await got.Body?.transformToString(), got.Metadata];
  };

  it("is the same after a restart: versions, markers, metadata, bytes", async () => {
    const client = s3.client();
    await client.send(new PutObjectCommand({ ...at, Body: "before versions" }));
    await s3.service.configureBucket("bucket", { versioning: "Enabled" });
    await client.send(new PutObjectCommand({ ...at, Body: "1", Metadata: { a: "b" } }));
    await client.send(new PutObjectCommand({ ...at, Key: "gone", Body: "2" }));
    await client.send(new DeleteObjectCommand({ ...at, Key: "gone" }));
    const before = await versions();
    await s3.restart();
    assert.deepEqual(await versions(), before);
    assert.deepEqual(await read("key"), ["1", { a: "b" }]);
  });

  it("begins with its settings anew, but for versioning, as the program declares them again", async () => {
    await s3.service.configureBucket("bucket", {
      versioning: "Enabled",
      defaultEncryption: { algorithm: "aws:kms" },
      corsRules: [{ AllowedMethods: ["GET"], AllowedOrigins: ["*"] }],
      policy: JSON.stringify({ Statement: { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" } }),
      lifecycleRules: [{ Status: "Enabled", Expiration: { Days: 1 } }],
      lambdaFunctionConfigurations: [{ LambdaFunctionArn: "arn:f", Events: ["s3:ObjectCreated:*"] }],
    });
    await s3.restart();
    assert.equal(Object.keys(s3.service.bucket("bucket").configuration).length, 8);
    await s3.service.createBucket("bucket");
    const { creationDate, ...configuration } = s3.service.bucket("bucket").configuration;
    assert.deepEqual(JSON.parse(JSON.stringify(configuration)), { name: "bucket", versioning: "Enabled" });
    assert.ok(Date.parse(creationDate) > 0);
  });

  it("loses no more than a line that a killed process did not write to its end", async () => {
    const client = s3.client();
    await client.send(new PutObjectCommand({ ...at, Key: "a", Body: "a" }));
    await client.send(new PutObjectCommand({ ...at, Key: "b", Body: "b" }));
    const journal = await readFile(bucketFile("journal.jsonl"), "utf8");
    const atStart = await readFile(bucketFile("journal.jsonl.bytes"), "utf8");
    await s3.service.close();
    await writeFile(bucketFile("journal.jsonl"), journal.slice(0, -10));
    // A process that is killed does not say how far it came.
    await writeFile(bucketFile("journal.jsonl.bytes"), atStart);
    await s3.restart();
    assert.deepEqual(
      (await versions()).Versions?.map(({ Key }) => Key),
      ["a"],
    );
    await s3.client().send(new PutObjectCommand({ ...at, Key: "c", Body: "c" }));
    await s3.restart();
    assert.deepEqual(
      (await versions()).Versions?.map(({ Key }) => Key),
      ["a", "c"],
    );
  });

  it("drops the files of uploads that never ended", async () => {
    await s3.client().send(new PutObjectCommand({ ...at, Body: "x" }));
    await writeFile(bucketFile("data", "00000000-0000-4000-8000-000000000000"), "half an upload");
    await s3.restart();
    assert.equal((await readdir(bucketFile("data"))).length, 1);
    assert.deepEqual(await read("key"), ["x", {}]);
  });

  it("does not keep a journal that is much longer than what it amounts to", async () => {
    await s3.client().send(new PutObjectCommand({ ...at, Body: "x" }));
    const [line = ""] = (await readFile(bucketFile("journal.jsonl"), "utf8")).split("\n");
    await appendFile(bucketFile("journal.jsonl"), `${line}\n`.repeat(2000));
    await s3.restart();
    assert.equal((await readFile(bucketFile("journal.jsonl"), "utf8")).trim(), line);
    assert.deepEqual(await read("key"), ["x", {}]);
  });
});
