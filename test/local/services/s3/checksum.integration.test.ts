import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { Digester } from "../../../../local/services/s3/checksums";
import { LocalS3, rejection } from "../../../helpers/services/localS3";

describe("A Digester", () => {
  // Check values of the catalogue of parametrised CRC algorithms, https://reveng.sourceforge.io/crc-catalogue/
  for (const [algorithm, value] of [
    ["CRC32", "cbf43926"],
    ["CRC32C", "e3069283"],
    ["CRC64NVME", "ae8b14860a799888"],
  ] as const) {
    it(`computes the check value of ${algorithm}`, async () => {
      const digester = new Digester(algorithm);
      for (const digits of ["1234", "56789"]) digester.update(Buffer.from(digits));
      const { checksum, md5 } = await digester.digests();
      assert.equal(Buffer.from(checksum.value, "base64").toString("hex"), value);
      assert.equal(md5, "25f9e794323b453885f5181f1b624d0b");
    });
  }
});

describe("S3's checksums", () => {
  let s3: LocalS3;
  beforeEach(async () => {
    s3 = await LocalS3.start();
  });
  afterEach(() => s3.stop());

  for (const algorithm of ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const) {
    it(`verify ${algorithm} of the SDK and return it when asked`, async () => {
      const client = s3.client();
      const at = { Bucket: "bucket", Key: "key" };
      await client.send(new PutObjectCommand({ ...at, Body: "hello", ChecksumAlgorithm: algorithm }));
      const digester = new Digester(algorithm);
      digester.update(Buffer.from("hello"));
      const got = await client.send(new GetObjectCommand({ ...at, ChecksumMode: "ENABLED" }));
      assert.deepEqual(
        [await got.Body?.transformToString(), got[`Checksum${algorithm}`], got.ChecksumType],
        ["hello", (await digester.digests()).checksum.value, "FULL_OBJECT"],
      );
    });
  }

  it("reject a body that does not have the one it was sent with", async () => {
    const client = s3.client();
    const at = { Bucket: "bucket", Key: "key", Body: "hello" };
    const crc = (text: string) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(crc32(text));
      return bytes.toString("base64");
    };
    assert.deepEqual(
      await rejection(client.send(new PutObjectCommand({ ...at, ChecksumCRC32: crc("other") }))),
      {
        code: "BadDigest",
        status: 400,
      },
    );
    assert.deepEqual(
      await rejection(client.send(new PutObjectCommand({ ...at, ContentMD5: "1B2M2Y8AsgTpgAmY7PhCfg==" }))),
      { code: "BadDigest", status: 400 },
    );
    assert.deepEqual(await rejection(client.send(new GetObjectCommand({ Bucket: "bucket", Key: "key" }))), {
      code: "NoSuchKey",
      status: 404,
    });
  });

  it("are CRC64NVME where the client sends none, as on AWS", async () => {
    const client = s3.client({ requestChecksumCalculation: "WHEN_REQUIRED" });
    const put = await client.send(new PutObjectCommand({ Bucket: "bucket", Key: "key", Body: "123456789" }));
    assert.equal(Buffer.from(put.ChecksumCRC64NVME ?? "", "base64").toString("hex"), "ae8b14860a799888");
  });

  it("of an upload in parts are over the parts' or over the whole, as was asked for", async () => {
    const client = s3.client();
    const at = { Bucket: "bucket", Key: "key" };
    const parts = [Buffer.alloc(5 * 1024 ** 2, "a"), Buffer.from("tail")];
    const upload = async (type: "COMPOSITE" | "FULL_OBJECT") => {
      const { UploadId } = await client.send(
        new CreateMultipartUploadCommand({ ...at, ChecksumAlgorithm: "CRC32", ChecksumType: type }),
      );
      const done = [];
      for (const [i, Body] of parts.entries()) {
        const part = { ...at, UploadId, PartNumber: i + 1, Body, ChecksumAlgorithm: "CRC32" as const };
        const { ETag, ChecksumCRC32 } = await client.send(new UploadPartCommand(part));
        done.push({ PartNumber: i + 1, ETag, ChecksumCRC32 });
      }
      const completed = await client.send(
        new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts: done } }),
      );
      return [completed.ChecksumCRC32, completed.ChecksumType];
    };
    const bytes = (...values: number[]) => {
      const buffer = Buffer.alloc(4 * values.length);
      for (const [i, value] of values.entries()) buffer.writeUInt32BE(value, 4 * i);
      return buffer;
    };
    const composite = bytes(crc32(bytes(...parts.map((part) => crc32(part)))));
    assert.deepEqual(await upload("COMPOSITE"), [`${composite.toString("base64")}-2`, "COMPOSITE"]);
    assert.deepEqual(await upload("FULL_OBJECT"), [
      bytes(crc32(Buffer.concat(parts))).toString("base64"),
      "FULL_OBJECT",
    ]);
  });
});
