import assert from "node:assert/strict";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type ObjectCannedACL,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { LocalS3, rejection } from "../../../helpers/services/localS3";

const at = { Bucket: "bucket", Key: "key" };
const OBJECTS = "arn:aws:s3:::bucket/*";
const denied = { code: "AccessDenied", status: 403 };

const allow = { Effect: "Allow", Action: "s3:*", Resource: OBJECTS };
const denyIf = (Action: string, Condition: object) => ({
  Effect: "Deny",
  Action,
  Resource: OBJECTS,
  Condition,
});

describe("Conditions of policies on S3's own keys", () => {
  let s3: LocalS3;
  beforeEach(async () => {
    s3 = await LocalS3.start();
  });
  afterEach(() => s3.stop());

  const put = (more: object = {}) => new PutObjectCommand({ ...at, Body: "hello", ...more });

  it("see the encryption that an upload asks for, and all parts of an upload with it", async () => {
    const unencrypted = { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } };
    const client = s3.clientOfRole(allow, denyIf("s3:PutObject", unencrypted));
    const encrypted = { ServerSideEncryption: "aws:kms" } as const;
    assert.deepEqual(await rejection(client.send(put())), denied);
    assert.deepEqual(await rejection(client.send(new CreateMultipartUploadCommand(at))), denied);
    await client.send(put(encrypted));
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...at, ...encrypted }));
    const { ETag } = await client.send(
      new UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: "part" }),
    );
    const Parts = [{ PartNumber: 1, ETag }];
    await client.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }));
  });

  it("make uploads ask for a condition, and spare what only prepares them", async () => {
    const unconditional = {
      Null: { "s3:if-none-match": "true" },
      Bool: { "s3:ObjectCreationOperation": "true" },
    };
    const client = s3.clientOfRole(allow, denyIf("s3:PutObject", unconditional));
    assert.deepEqual(await rejection(client.send(put())), denied);
    await client.send(put({ IfNoneMatch: "*" }));
    const other = { Bucket: "bucket", Key: "other" };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(other));
    const { ETag } = await client.send(
      new UploadPartCommand({ ...other, UploadId, PartNumber: 1, Body: "part" }),
    );
    const completed = { ...other, UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } };
    assert.deepEqual(await rejection(client.send(new CompleteMultipartUploadCommand(completed))), denied);
    await client.send(new CompleteMultipartUploadCommand({ ...completed, IfNoneMatch: "*" }));
  });

  it("see an upload's ACL, storage class and hash of the body", async () => {
    const ACL: ObjectCannedACL = "bucket-owner-full-control";
    for (const [key, value, more] of [
      ["s3:x-amz-acl", ACL, { ACL }],
      ["s3:x-amz-storage-class", "STANDARD_IA", { StorageClass: "STANDARD_IA" }],
    ] as const) {
      const client = s3.clientOfRole({ ...allow, Condition: { StringEquals: { [key]: value } } });
      assert.deepEqual(await rejection(client.send(put())), denied);
      await client.send(put(more));
    }
    const unsigned = denyIf("s3:PutObject", {
      StringEquals: { "s3:x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
    });
    await s3.clientOfRole(allow, unsigned).send(put());
  });

  it("see the tags that a request gives, and those that an object has", async () => {
    const tagged = { StringEquals: { "s3:RequestObjectTag/kind": "breed" } };
    const onlyKind = { "ForAllValues:StringEquals": { "s3:RequestObjectTagKeys": ["kind"] } };
    const writer = s3.clientOfRole({ ...allow, Condition: { ...tagged, ...onlyKind } });
    assert.deepEqual(await rejection(writer.send(put())), denied);
    assert.deepEqual(await rejection(writer.send(put({ Tagging: "kind=breed&more=x" }))), denied);
    await writer.send(put({ Tagging: "kind=breed" }));
    const tag = (Value: string) =>
      writer.send(new PutObjectTaggingCommand({ ...at, Tagging: { TagSet: [{ Key: "kind", Value }] } }));
    assert.deepEqual(await rejection(tag("other")), denied);
    await tag("breed");

    const reader = s3.clientOfRole({
      ...allow,
      Condition: { StringEquals: { "s3:ExistingObjectTag/kind": "breed" } },
    });
    await reader.send(new GetObjectCommand(at));
    assert.deepEqual(await rejection(reader.send(new DeleteObjectCommand(at))), denied);
    await s3.client().send(put({ Tagging: "kind=other" }));
    assert.deepEqual(await rejection(reader.send(new GetObjectCommand(at))), denied);
  });

  it("see how a request is signed, and how long ago", async () => {
    await s3.client().send(put());
    const status = async (Condition: object) => {
      const url = await getSignedUrl(
        s3.clientOfRole(allow, denyIf("s3:GetObject", Condition)),
        new GetObjectCommand(at),
      );
      return (await fetch(url)).status;
    };
    assert.equal(await status({ StringEquals: { "s3:authType": "REST-QUERY-STRING" } }), 403);
    assert.equal(await status({ StringEquals: { "s3:authType": "REST-HEADER" } }), 200);
    assert.equal(await status({ StringEquals: { "s3:signatureversion": "AWS" } }), 200);
    assert.equal(await status({ NumericLessThan: { "s3:TlsVersion": "1.2" } }), 200);
    assert.equal(await status({ NumericGreaterThan: { "s3:signatureAge": "600000" } }), 200);
    const url = await getSignedUrl(
      s3.clientOfRole(allow, denyIf("s3:*", { NumericGreaterThan: { "s3:signatureAge": "600000" } })),
      new GetObjectCommand(at),
    );
    s3.now = new Date(Date.now() + 601_000);
    assert.equal((await fetch(url)).status, 403);
  });

  it("see which version is read, also as the source of a copy", async () => {
    await s3.service.configureBucket("bucket", { versioning: "Enabled" });
    const { VersionId } = await s3.client().send(put());
    await s3.client().send(put());
    const client = s3.clientOfRole(
      { ...allow, Action: "s3:PutObject" },
      { ...allow, Action: "s3:GetObjectVersion", Condition: { StringEquals: { "s3:VersionId": VersionId } } },
    );
    const copy = (CopySource: string) =>
      client.send(new CopyObjectCommand({ Bucket: "bucket", Key: "copy", CopySource }));
    await client.send(new GetObjectCommand({ ...at, VersionId }));
    await copy(`bucket/key?versionId=${VersionId}`);
    assert.deepEqual(await rejection(client.send(new GetObjectCommand(at))), denied);
    assert.deepEqual(await rejection(copy("bucket/key")), denied);
  });

  it("let deletions compare an ETag only where the object may be read, and see the comparison", async () => {
    const { ETag } = await s3.client().send(put());
    const mayDelete = { ...allow, Action: "s3:DeleteObject" };
    const blind = s3.clientOfRole(mayDelete);
    assert.deepEqual(await rejection(blind.send(new DeleteObjectCommand({ ...at, IfMatch: ETag }))), denied);
    await blind.send(new DeleteObjectCommand({ ...at, IfMatch: "*" }));

    await s3.client().send(put());
    const careful = s3.clientOfRole(
      { ...mayDelete, Condition: { Null: { "s3:if-match": "false" } } },
      { ...allow, Action: "s3:GetObject" },
    );
    assert.deepEqual(await rejection(careful.send(new DeleteObjectCommand(at))), denied);
    const { Deleted, Errors } = await careful.send(
      new DeleteObjectsCommand({
        Bucket: "bucket",
        Delete: { Objects: [{ Key: "key" }, { Key: "key", ETag }] },
      }),
    );
    assert.deepEqual([Deleted, Errors?.map(({ Code }) => Code)], [[{ Key: "key" }], ["AccessDenied"]]);
  });
});
