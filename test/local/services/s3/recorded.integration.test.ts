import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetBucketAnalyticsConfigurationCommand,
  GetBucketEncryptionCommand,
  GetBucketIntelligentTieringConfigurationCommand,
  GetBucketInventoryConfigurationCommand,
  GetBucketMetricsConfigurationCommand,
  GetBucketWebsiteCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  GetObjectTaggingCommand,
  ListBucketMetricsConfigurationsCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListPartsCommand,
  PutBucketAclCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { LocalS3, rejection } from "../../../helpers/services/localS3";

// AWS's own responses to these requests were recorded; see README.md for those that differ.
describe("S3's responses that were recorded on AWS", () => {
  const at = { Bucket: "bucket", Key: "key" };
  let s3: LocalS3;
  let client: S3Client;
  beforeEach(async () => {
    s3 = await LocalS3.start("bucket", "us-east-1");
    client = s3.client();
  });
  afterEach(() => s3.stop());

  const put = (more: object = {}) =>
    client.send(new PutObjectCommand({ ...at, Body: "0123456789", ...more }));
  const upload = async () => (await client.send(new CreateMultipartUploadCommand(at))).UploadId ?? "";
  const part = async (UploadId: string, PartNumber = 1) => {
    const { ETag } = await client.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body: "part" }));
    return { PartNumber, ETag };
  };
  /** Name and further elements of an error. */
  const errorOf = async (call: Promise<unknown>) => {
    const error = (await call.then(
      () => assert.fail("The call was not rejected."),
      (reason: unknown) => reason,
    )) as Record<string, unknown>;
    const { $metadata, $fault, $response, $retryable, RequestId, HostId, Code, ...details } = error;
    return { ...details, name: error.name, message: error.message } as Record<string, unknown>;
  };

  it("name a condition that did not hold", async () => {
    await put();
    const conditional = client.send(new GetObjectCommand({ ...at, IfMatch: "other" }));
    assert.deepEqual(await errorOf(conditional), {
      name: "PreconditionFailed",
      message: "At least one of the pre-conditions you specified did not hold",
      Condition: "If-Match",
    });
  });

  it("say that conditions of writes they cannot take are not implemented", async () => {
    assert.deepEqual(await errorOf(put({ IfNoneMatch: "etag" })), {
      name: "NotImplemented",
      message: "A header you provided implies functionality that is not implemented",
      Header: "If-None-Match",
      additionalMessage: "We don't accept the provided value of If-None-Match header for this API",
    });
    const bySize = client.send(new DeleteObjectCommand({ ...at, IfMatchSize: 1 }));
    assert.deepEqual(await errorOf(bySize), {
      name: "NotImplemented",
      message: "A header you provided implies functionality that is not implemented",
      Header: "x-amz-if-match-size",
    });
  });

  it("keep an object whose ETag is not that of its deletion", async () => {
    await put();
    const Objects = [{ Key: "key", ETag: "other" }];
    const { Errors, Deleted } = await client.send(
      new DeleteObjectsCommand({ Bucket: "bucket", Delete: { Objects } }),
    );
    assert.deepEqual([Errors?.[0]?.Code, Deleted], ["PreconditionFailed", undefined]);
    assert.equal((await client.send(new GetObjectCommand(at))).ContentLength, 10);
    const bySize = { Objects: [{ Key: "key", Size: 1 }] };
    const call = client.send(new DeleteObjectsCommand({ Bucket: "bucket", Delete: bySize }));
    assert.deepEqual(await rejection(call), { code: "NotImplemented", status: 501 });
  });

  it("reject the completion of an upload that is not as large as said, or whose key was written meanwhile", async () => {
    const UploadId = await upload();
    const Parts = [await part(UploadId)];
    const complete = (more: object) =>
      client.send(
        new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts }, ...more }),
      );
    assert.equal(
      (await errorOf(complete({ MpuObjectSize: 5 }))).message,
      "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4",
    );
    const { ETag } = await put();
    assert.deepEqual(await rejection(complete({ IfMatch: ETag })), {
      code: "ConditionalRequestConflict",
      status: 409,
    });
    await complete({ MpuObjectSize: 4 });
  });

  it("reject a copied range that goes past the end", async () => {
    await put();
    const UploadId = await upload();
    const copy = (CopySourceRange: string) =>
      client.send(
        new UploadPartCopyCommand({
          ...at,
          UploadId,
          PartNumber: 1,
          CopySource: "bucket/key",
          CopySourceRange,
        }),
      );
    assert.deepEqual(await errorOf(copy("bytes=0-100")), {
      name: "InvalidArgument",
      message: "Range specified is not valid for source object of size: 10",
      ArgumentName: "x-amz-copy-source-range",
      ArgumentValue: "bytes=0-100",
    });
  });

  it("copy with the checksum that is asked for", async () => {
    await put();
    const { CopyObjectResult } = await client.send(
      new CopyObjectCommand({
        Bucket: "bucket",
        Key: "copy",
        CopySource: "bucket/key",
        ChecksumAlgorithm: "SHA256",
      }),
    );
    assert.equal(CopyObjectResult?.ChecksumSHA256, "hNiYd/DUBB77a/kaFvAkjy/Vc+avBcGflr7bn4gveII=");
  });

  it("reject tags that come twice and an empty Content-MD5, and change tags", async () => {
    assert.equal((await errorOf(put({ Tagging: "a=b&a=c" }))).ArgumentName, "x-amz-tagging");
    await put({ Tagging: "a=b" });
    const TagSet = [{ Key: "c", Value: "d" }];
    await client.send(new PutObjectTaggingCommand({ ...at, Tagging: { TagSet } }));
    assert.deepEqual((await client.send(new GetObjectTaggingCommand(at))).TagSet, TagSet);
    await s3.restart();
    assert.deepEqual((await s3.client().send(new GetObjectTaggingCommand(at))).TagSet, TagSet);
  });

  it("reject ACLs, Object Lock, SSE-C, unknown storage classes and unknown encryptions", async () => {
    for (const [more, code] of [
      [{ ACL: "public-read" }, "AccessControlListNotSupported"],
      [{ GrantRead: "id=1" }, "AccessControlListNotSupported"],
      [{ ObjectLockLegalHoldStatus: "ON" }, "InvalidRequest"],
      [{ StorageClass: "FAKE" }, "InvalidStorageClass"],
      [{ SSECustomerAlgorithm: "AES256", SSECustomerKey: "k".repeat(32) }, "AccessDenied"],
      [{ ServerSideEncryption: "ROT13" }, "InvalidArgument"],
    ] as const) {
      assert.equal((await rejection(put(more))).code, code);
    }
  });

  it("list uploads that go on, of a key the oldest first, a page at a time", async () => {
    const ids = [await upload(), await upload()];
    const first = await client.send(new ListMultipartUploadsCommand({ Bucket: "bucket", MaxUploads: 1 }));
    assert.deepEqual([first.IsTruncated, first.Uploads?.[0]?.UploadId], [true, ids[0]]);
    const rest = await client.send(
      new ListMultipartUploadsCommand({
        Bucket: "bucket",
        KeyMarker: first.NextKeyMarker,
        UploadIdMarker: first.NextUploadIdMarker,
      }),
    );
    assert.deepEqual([rest.IsTruncated, rest.Uploads?.map(({ UploadId }) => UploadId)], [false, [ids[1]]]);
    assert.equal(rest.Uploads?.[0]?.Owner?.DisplayName, undefined);
  });

  it("list checksums of parts where the upload asked for them", async () => {
    const { UploadId = "" } = await client.send(
      new CreateMultipartUploadCommand({ ...at, ChecksumAlgorithm: "SHA256" }),
    );
    await client.send(
      new UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: "part", ChecksumAlgorithm: "SHA256" }),
    );
    const { Parts, ChecksumType } = await client.send(new ListPartsCommand({ ...at, UploadId }));
    assert.deepEqual([ChecksumType, Parts?.[0]?.ChecksumSHA256?.length], ["COMPOSITE", 44]);
  });

  it("give the attributes that are asked for, and no others", async () => {
    await put();
    const { ObjectSize, StorageClass, Checksum, ETag } = await client.send(
      new GetObjectAttributesCommand({ ...at, ObjectAttributes: ["ObjectSize", "StorageClass"] }),
    );
    assert.deepEqual([ObjectSize, StorageClass, Checksum, ETag], [10, "STANDARD", undefined, undefined]);
  });

  it("leave out a common prefix that the marker is within", async () => {
    for (const Key of ["a/b/1", "a/b/2", "a/c"]) await put({ Key });
    const { Contents, CommonPrefixes } = await client.send(
      new ListObjectsCommand({ Bucket: "bucket", Prefix: "a/", Delimiter: "/", Marker: "a/b/1" }),
    );
    assert.deepEqual([CommonPrefixes, Contents?.map(({ Key }) => Key)], [undefined, ["a/c"]]);
  });

  it("give times in whole seconds", async () => {
    await put();
    const response = await client.send(new ListObjectsCommand({ Bucket: "bucket" }));
    assert.equal(response.Contents?.[0]?.LastModified?.getMilliseconds(), 0);
  });

  it("say that a declared bucket is there when it is created, and that others have to be declared", async () => {
    // From other regions than this one the SDK asks for its own.
    const client = s3.client({ region: "us-east-1" });
    const create = (client: S3Client, Bucket: string) => client.send(new CreateBucketCommand({ Bucket }));
    assert.equal((await create(client, "bucket")).Location, "/bucket");
    const locked = (ObjectLockEnabledForBucket: boolean) =>
      client.send(new CreateBucketCommand({ Bucket: "bucket", ObjectLockEnabledForBucket }));
    assert.equal((await locked(false)).Location, "/bucket");
    await assert.rejects(locked(true), { name: "NotImplemented" });
    const configured = (LocationConstraint?: string, Tags?: { Key: string; Value: string }[]) =>
      errorOf(
        client.send(
          new CreateBucketCommand({
            Bucket: "bucket",
            CreateBucketConfiguration: { LocationConstraint: LocationConstraint as "EU", Tags },
          }),
        ),
      );
    for (const location of ["us-east-1", "foo", "aws-global"]) {
      assert.deepEqual(await configured(location), {
        name: "InvalidLocationConstraint",
        message: "The specified location-constraint is not valid",
        LocationConstraint: location,
      });
    }
    for (const call of [configured("us-west-1"), configured(undefined, [{ Key: "a", Value: "b" }])]) {
      assert.equal((await call).name, "BucketAlreadyOwnedByYou");
    }
    await assert.rejects(create(client, "other"), {
      name: "AccessDenied",
      message:
        'The local S3 makes only the buckets that the program declares: declare "other" as an aws.s3.Bucket in the stack.',
    });
    const elsewhere = await LocalS3.start("bucket", "eu-west-1");
    const again = rejection(create(elsewhere.client({ region: "eu-west-1" }), "bucket"));
    assert.deepEqual(await again, { code: "BucketAlreadyOwnedByYou", status: 409 });
    const other = {
      Bucket: "bucket",
      CreateBucketConfiguration: { LocationConstraint: "us-west-1" },
    } as const;
    assert.deepEqual(
      await errorOf(elsewhere.client({ region: "eu-west-1" }).send(new CreateBucketCommand(other))),
      {
        name: "IllegalLocationConstraintException",
        message:
          "The us-west-1 location constraint is incompatible for the region specific endpoint this request was sent to.",
      },
    );
    await elsewhere.stop();
  });

  it("show a bucket's settings, or that it has none", async () => {
    const { ServerSideEncryptionConfiguration } = await client.send(
      new GetBucketEncryptionCommand({ Bucket: "bucket" }),
    );
    const [rule] = ServerSideEncryptionConfiguration?.Rules ?? [];
    assert.equal(rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm, "AES256");
    const website = client.send(new GetBucketWebsiteCommand({ Bucket: "bucket" }));
    assert.deepEqual(await rejection(website), { code: "NoSuchWebsiteConfiguration", status: 404 });
    const one = { Bucket: "bucket", Id: "id" };
    for (const call of [
      client.send(new GetBucketAnalyticsConfigurationCommand(one)),
      client.send(new GetBucketIntelligentTieringConfigurationCommand(one)),
      client.send(new GetBucketInventoryConfigurationCommand(one)),
      client.send(new GetBucketMetricsConfigurationCommand(one)),
    ]) {
      assert.deepEqual(await rejection(call), { code: "NoSuchConfiguration", status: 404 });
    }
    const { IsTruncated, MetricsConfigurationList } = await client.send(
      new ListBucketMetricsConfigurationsCommand({ Bucket: "bucket" }),
    );
    assert.deepEqual([IsTruncated, MetricsConfigurationList], [false, undefined]);
  });

  it("refuse to write an ACL, as buckets do that enforce their owner", async () => {
    await put();
    const writes = (ACL: "private" | "public-read") => [
      client.send(new PutObjectAclCommand({ ...at, ACL })),
      client.send(new PutBucketAclCommand({ Bucket: "bucket", ACL })),
    ];
    for (const call of [...writes("private"), ...writes("public-read")]) {
      assert.deepEqual(await errorOf(call), {
        name: "AccessControlListNotSupported",
        message: "The bucket does not allow ACLs",
      });
    }
    const unknown = client.send(new PutObjectAclCommand({ ...at, ACL: "fake-acl" as "private" }));
    assert.deepEqual(await errorOf(unknown), {
      name: "InvalidArgument",
      message: "UnknownError",
      ArgumentName: "x-amz-acl",
      ArgumentValue: "fake-acl",
    });
    const none = client.send(new PutObjectAclCommand({ ...at, Key: "none", ACL: "private" }));
    assert.equal((await errorOf(none)).name, "NoSuchKey");
  });

  it("take no encryption where it means nothing: on a read, or a KMS key without KMS", async () => {
    const name = "x-amz-server-side-encryption";
    const plain = s3.client();
    plain.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers[name] = "aws:kms";
        return next(args);
      },
      { step: "build" },
    );
    await put();
    assert.deepEqual(await errorOf(plain.send(new GetObjectCommand(at))), {
      name: "InvalidArgument",
      message: `${name} header is not supported for this operation.`,
      ArgumentName: name,
      ArgumentValue: "aws:kms",
    });
    for (const [ServerSideEncryption, ArgumentValue] of [
      [undefined, "null"],
      ["AES256", "AES256"],
    ] as const) {
      assert.deepEqual(await errorOf(put({ ServerSideEncryption, SSEKMSKeyId: "key" })), {
        name: "InvalidArgument",
        message: `Server Side Encryption with AWS KMS managed key requires HTTP header ${name} : aws:kms`,
        ArgumentName: name,
        ArgumentValue,
      });
    }
  });

  it("show a bucket's key for KMS on objects that are encrypted with KMS only", async () => {
    for (const [algorithm, shown] of [
      ["AES256", undefined],
      ["aws:kms", true],
    ] as const) {
      await s3.service.configureBucket("bucket", {
        defaultEncryption: { algorithm, bucketKeyEnabled: true },
      });
      assert.equal((await put()).BucketKeyEnabled, shown);
    }
  });

  it("have no Object Lock in a bucket without its configuration", async () => {
    await put();
    for (const call of [
      client.send(new GetObjectRetentionCommand(at)),
      client.send(new GetObjectLegalHoldCommand(at)),
      client.send(new PutObjectRetentionCommand({ ...at, Retention: { Mode: "GOVERNANCE" } })),
      client.send(new PutObjectLegalHoldCommand({ ...at, LegalHold: { Status: "ON" } })),
    ]) {
      assert.deepEqual(await errorOf(call), {
        name: "InvalidRequest",
        message: "Bucket is missing Object Lock Configuration",
      });
    }
  });

  it("name what is wrong in the form that each action has for it", async () => {
    const md5 = createHash("md5").update("other").digest();
    const ContentMD5 = md5.toString("base64");
    const digests = async (call: Promise<unknown>) => {
      const { name, ExpectedDigest } = await errorOf(call);
      return [name, ExpectedDigest];
    };
    assert.deepEqual(await digests(put({ ContentMD5 })), ["BadDigest", md5.toString("hex")]);
    const uploaded = new UploadPartCommand({
      ...at,
      UploadId: await upload(),
      PartNumber: 1,
      Body: "part",
      ContentMD5,
    });
    assert.deepEqual(await digests(client.send(uploaded)), ["BadDigest", ContentMD5]);
    const key = async (call: Promise<unknown>) => (await errorOf(call)).Key;
    const none = { ...at, Key: "none" };
    assert.equal(await key(client.send(new GetObjectTaggingCommand(none))), "bucket/none");
    assert.equal(await key(client.send(new DeleteObjectTaggingCommand(none))), "none");
  });

  it("carry metadata in RFC 2047's words, and take words for what they mean", async () => {
    await put({ Metadata: { a: "=?UTF-8?Q?abc?=", b: "=?UTF-8?B?w4RNw4Raw5XDkSBTMw==?=", c: "plain ~" } });
    const { Metadata } = await client.send(new GetObjectCommand(at));
    assert.deepEqual(Metadata, { a: "abc", b: "=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=", c: "plain ~" });
  });

  it("give the whole object to an If-Range that does not match", async () => {
    const { ETag = "" } = await put();
    const get = async (ifRange: string) => {
      const command = new GetObjectCommand({ ...at, Range: "bytes=0-1" });
      command.middlewareStack.add(
        (next) => (args) => {
          (args.request as { headers: Record<string, string> }).headers["if-range"] = ifRange;
          return next(args);
        },
        { step: "build" },
      );
      return (await client.send(command)).ContentLength;
    };
    assert.deepEqual([await get(ETag), await get('"other"')], [2, 10]);
  });
});
