import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Properties } from "../../../../../local/resources/value";
import { bucketObject, bucketObjectv2 } from "../../../../../local/services/s3/resourceTypes/objects";
import { declared } from "../../../../helpers/program/declared";
import { LocalS3 } from "../../../../helpers/services/localS3";

for (const type of [bucketObject, bucketObjectv2]) {
  describe(`The resource type ${type.type}`, () => {
    let s3: LocalS3;
    beforeEach(async () => {
      s3 = await LocalS3.start("models");
    });
    afterEach(() => s3.stop());

    const declare = (inputs: Properties) =>
      declared(type.type, "name", { bucket: "models", key: "a/model.onnx", ...inputs });
    const create = async (inputs: Properties) => type.create?.(declare(inputs), s3.service);
    const read = async () => {
      const got = await s3.client().send(new GetObjectCommand({ Bucket: "models", Key: "a/model.onnx" }));
      return got.Body?.transformToString();
    };
    const upload = (Body: string) =>
      s3.client().send(new PutObjectCommand({ Bucket: "models", Key: "a/model.onnx", Body }));

    it("tells of it what AWS does", () => {
      const { outputs } = declare({ content: "hello", metadata: { a: "b" } });
      assert.deepEqual(JSON.parse(JSON.stringify(outputs)), {
        ...(type === bucketObjectv2 && {
          checksumCrc32: "",
          checksumCrc32c: "",
          checksumCrc64nvme: "",
          checksumSha1: "",
          checksumSha256: "",
        }),
        id: "models/a/model.onnx",
        arn: "arn:aws:s3:::models/a/model.onnx",
        bucket: "models",
        bucketKeyEnabled: false,
        key: "a/model.onnx",
        content: "hello",
        contentType: "application/octet-stream",
        etag: "5d41402abc4b2a76b9719d911017c592",
        forceDestroy: false,
        kmsKeyId: "",
        metadata: { a: "b" },
        region: "eu-west-1",
        serverSideEncryption: "AES256",
        storageClass: "STANDARD",
        tagsAll: {},
        versionId: "",
      });
      assert.equal(declare({ key: ".//a//b" }).outputs.key, "a/b");
    });

    it("uploads a file, a text, or bytes in base64, with its metadata", async () => {
      const file = join(s3.folder, "model.onnx");
      await writeFile(file, "from a file");
      await create({ source: { asset: file }, contentType: "x/y", metadata: { a: "b" }, tags: { c: "d" } });
      const got = await s3.client().send(new GetObjectCommand({ Bucket: "models", Key: "a/model.onnx" }));
      assert.deepEqual(
        [await got.Body?.transformToString(), got.ContentType, got.Metadata, got.TagCount],
        ["from a file", "x/y", { a: "b" }, 1],
      );
      for (const [inputs, body] of [
        [{ source: { text: "from a text" } }, "from a text"],
        [{ content: "from content" }, "from content"],
        [{ contentBase64: "aGVsbG8=" }, "hello"],
        [{}, ""],
      ] as const) {
        await create(inputs);
        assert.equal(await read(), body);
      }
    });

    it("puts it again after a restart only when what is declared has changed", async () => {
      const first = await create({ content: "declared" });
      await upload("uploaded by hand");
      await s3.restart();
      assert.deepEqual(await create({ content: "declared" }), first);
      assert.equal(await read(), "uploaded by hand");
      await create({ content: "declared anew" });
      assert.equal(await read(), "declared anew");
      await upload("uploaded by hand");
      await create({ content: "declared anew", contentType: "x/y" });
      assert.equal(await read(), "declared anew");
    });

    if (type === bucketObjectv2) {
      it("gives the checksum that was asked for, and CRC64NVME otherwise", async () => {
        const { checksumSha256 } = { ...(await create({ content: "1", checksumAlgorithm: "SHA256" })) };
        assert.equal(checksumSha256, hash("sha256", "1", "base64"));
        const { checksumCrc64nvme } = { ...(await create({ content: "2" })) };
        assert.equal(String(checksumCrc64nvme).length, 12);
        assert.throws(() => declare({ checksumAlgorithm: "MD4" }), {
          message: '`checksumAlgorithm` is "MD4"; choose one of CRC32, CRC32C, CRC64NVME, SHA1, SHA256',
        });
      });
    }

    it("gives its version in a versioned bucket, and deletes all of them", async () => {
      await s3.service.configureBucket("models", { versioning: "Enabled" });
      const outputs = await create({ content: "1" });
      assert.equal(String(outputs?.versionId).length, 32);
      await upload("2");
      await type.delete?.(declare({ content: "1" }), s3.service);
      const versions = await s3.client().send(new ListObjectVersionsCommand({ Bucket: "models" }));
      assert.equal(versions.Versions, undefined);
      await create({ content: "1" });
      assert.equal(await read(), "1");
    });

    it("tells the bucket's functions", async () => {
      await s3.service.configureBucket("models", {
        lambdaFunctionConfigurations: [{ LambdaFunctionArn: "arn:f", Events: ["s3:ObjectCreated:Put"] }],
      });
      await create({ content: "1" });
      assert.deepEqual(
        s3.invoked.map(({ event }) => event.Records[0]?.s3.object.key),
        ["a/model.onnx"],
      );
    });

    it("rejects a source that is not there, two sources, and a key that is too long", () => {
      assert.throws(() => declare({ source: { asset: "/none" } }), {
        message: "`source` names no file (/none); build or fetch it first",
      });
      assert.throws(() => declare({ content: "a", contentBase64: "b" }), {
        message: "only one of `source`, `content` and `contentBase64` can be given",
      });
      assert.throws(() => declare({ key: "x".repeat(1025) }), { message: "`key` has over 1,024 bytes" });
    });
  });
}
