import assert from "node:assert/strict";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { LocalS3 } from "../../../helpers/services/localS3";

const FUNCTION_ARN = "arn:aws:lambda:eu-central-1:123456789012:function:sync:live";

describe("S3's notifications", () => {
  const Bucket = "bucket";
  let s3: LocalS3;
  let client: S3Client;
  beforeEach(async () => {
    s3 = await LocalS3.start();
    s3.now = new Date("2026-01-02T03:04:05.678Z");
    client = s3.client();
    await s3.service.configureBucket(Bucket, {
      versioning: "Enabled",
      lambdaFunctionConfigurations: [
        {
          Id: "sync",
          LambdaFunctionArn: FUNCTION_ARN,
          Events: ["s3:ObjectCreated:*", "s3:ObjectRemoved:Delete"],
          Filter: {
            Key: {
              FilterRules: [
                { Name: "prefix", Value: "models/" },
                { Name: "suffix", Value: ".onnx" },
              ],
            },
          },
        },
      ],
    });
  });
  afterEach(() => s3.stop());

  const happened = () =>
    s3.invoked.map(({ event }) => [event.Records[0]?.eventName, event.Records[0]?.s3.object.key]);

  it("Notifications are S3's own records", async () => {
    const { VersionId, $metadata } = await client.send(
      new PutObjectCommand({ Bucket, Key: "models/a b+c/é.onnx", Body: "hello" }),
    );
    const [{ event, ...target } = {}] = s3.invoked;
    const [record] = event?.Records ?? [];
    const { sequencer, ...object } = record?.s3.object ?? {};
    assert.match(sequencer ?? "", /^[0-9A-F]{18}$/);
    assert.deepEqual(target, { functionArn: FUNCTION_ARN });
    assert.deepEqual(
      { ...record, s3: { ...record?.s3, object } },
      {
        eventVersion: "2.1",
        eventSource: "aws:s3",
        awsRegion: "eu-central-1",
        eventTime: "2026-01-02T03:04:05.678Z",
        eventName: "ObjectCreated:Put",
        userIdentity: { principalId: "AWS:123456789012" },
        requestParameters: { sourceIPAddress: "127.0.0.1" },
        responseElements: {
          "x-amz-request-id": $metadata.requestId,
          "x-amz-id-2": $metadata.extendedRequestId,
        },
        s3: {
          s3SchemaVersion: "1.0",
          configurationId: "sync",
          bucket: {
            name: "bucket",
            ownerIdentity: { principalId: "123456789012" },
            arn: "arn:aws:s3:::bucket",
          },
          object: {
            key: "models/a+b%2Bc/%C3%A9.onnx",
            size: 5,
            eTag: "5d41402abc4b2a76b9719d911017c592",
            versionId: VersionId,
          },
        },
      },
    );
  });

  it("tell of copies, multipart uploads and deletions by their names", async () => {
    const Key = "models/a.onnx";
    await client.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
    const CopySource = `${Bucket}/${Key}`;
    await client.send(new CopyObjectCommand({ Bucket, Key: "models/b.onnx", CopySource }));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const { ETag } = await client.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: "y" }),
    );
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const { VersionId } = await client.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }),
    );
    await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    assert.deepEqual(happened(), [
      ["ObjectCreated:Put", Key],
      ["ObjectCreated:Copy", "models/b.onnx"],
      ["ObjectCreated:CompleteMultipartUpload", Key],
      ["ObjectRemoved:Delete", Key],
    ]);
  });

  it("are only of the events, prefix and suffix that are declared", async () => {
    await client.send(new PutObjectCommand({ Bucket, Key: "models/a.json", Body: "x" }));
    await client.send(new PutObjectCommand({ Bucket, Key: "other/a.onnx", Body: "x" }));
    // Hides the object behind a marker, which is another event.
    await client.send(new DeleteObjectCommand({ Bucket, Key: "models/a.onnx" }));
    assert.deepEqual(happened(), []);
  });

  it("carry sequencers that show their order", async () => {
    for (const Body of ["1", "2", "3"]) {
      await client.send(new PutObjectCommand({ Bucket, Key: "models/a.onnx", Body }));
    }
    const sequence = s3.invoked.map(({ event }) => event.Records[0]?.s3.object.sequencer);
    assert.deepEqual(sequence, [...sequence].sort());
    assert.equal(new Set(sequence).size, 3);
  });

  it("that cannot be delivered are logged, and the upload succeeds all the same", async () => {
    s3.failInvocations = true;
    const put = await client.send(new PutObjectCommand({ Bucket, Key: "models/a.onnx", Body: "x" }));
    assert.equal(put.$metadata.httpStatusCode, 200);
    assert.deepEqual(s3.logged, [
      "s3: ObjectCreated:Put of bucket/models/a.onnx not delivered: Error: no such function",
    ]);
  });
});
