import assert from "node:assert/strict";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { LocalS3, rejection, roleKey } from "../../../helpers/services/localS3";

const at = { Bucket: "bucket", Key: "breeds/a" };
const BUCKET_ARN = "arn:aws:s3:::bucket";
const denied = { code: "AccessDenied", status: 403 };

describe("S3's permissions", () => {
  let s3: LocalS3;
  beforeEach(async () => {
    s3 = await LocalS3.start();
    await s3.client().send(new PutObjectCommand({ ...at, Body: "hello" }));
  });
  afterEach(() => s3.stop());

  const mayRead = { Effect: "Allow", Action: "s3:GetObject", Resource: `${BUCKET_ARN}/breeds/*` };

  it("turn away who does not sign, or signs with a wrong key", async () => {
    const response = await fetch(`${s3.endpoint}/bucket/breeds/a`);
    assert.equal(response.status, 403);
    assert.match(await response.text(), /<Code>AccessDenied<\/Code>/);
    const ask = (accessKeyId: string, secretAccessKey: string, sessionToken?: string) =>
      rejection(
        s3
          .client({ credentials: { accessKeyId, secretAccessKey, sessionToken } })
          .send(new GetObjectCommand(at)),
      );
    assert.deepEqual(await ask("ROOT", "wrong"), { code: "SignatureDoesNotMatch", status: 403 });
    assert.deepEqual(await ask("NOBODY", "wrong"), { code: "InvalidAccessKeyId", status: 403 });
    const { secretAccessKey } = roleKey;
    assert.deepEqual(await ask("ROLE", secretAccessKey, "wrong"), { code: "InvalidToken", status: 400 });
  });

  it("let a role do what its policy says and nothing else, and say what", async () => {
    const client = s3.clientOfRole(mayRead);
    const got = await client.send(new GetObjectCommand(at));
    assert.equal(await got.Body?.transformToString(), "hello");
    await assert.rejects(client.send(new PutObjectCommand({ ...at, Body: "x" })), {
      name: "AccessDenied",
      message:
        'User: arn:aws:sts::123456789012:assumed-role/reader/session is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::bucket/breeds/a"',
    });
    assert.deepEqual(await rejection(client.send(new GetObjectCommand({ ...at, Key: "other" }))), denied);
    assert.deepEqual(await rejection(client.send(new ListObjectsV2Command({ Bucket: "bucket" }))), denied);
    assert.deepEqual(await rejection(client.send(new DeleteObjectCommand(at))), denied);
    assert.deepEqual(await rejection(client.send(new ListBucketsCommand({}))), denied);
  });

  it("hide whether a key exists from who may not list it", async () => {
    const missing = { ...at, Key: "breeds/missing" };
    const ask = (statements: readonly object[], Key = missing.Key) =>
      rejection(s3.clientOfRole(...statements).send(new GetObjectCommand({ ...missing, Key })));
    const mayList = (condition?: object) => ({
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: BUCKET_ARN,
      Condition: condition,
    });
    const notFound = { code: "NoSuchKey", status: 404 };
    assert.deepEqual(await ask([mayRead]), denied);
    assert.deepEqual(await ask([mayRead, mayList()]), notFound);
    assert.deepEqual(await ask([mayRead, mayList({ StringLike: { "s3:prefix": "breeds/*" } })]), notFound);
    assert.deepEqual(await ask([mayRead, mayList({ StringLike: { "s3:prefix": "other/*" } })]), denied);
    const head = s3.clientOfRole(mayRead).send(new HeadObjectCommand(missing));
    assert.equal((await rejection(head)).status, 403);
  });

  it("let a role list only the prefixes its policy names", async () => {
    const client = s3.clientOfRole({
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: BUCKET_ARN,
      Condition: { StringLike: { "s3:prefix": "breeds/*" } },
    });
    const list = (Prefix?: string) => client.send(new ListObjectsV2Command({ Bucket: "bucket", Prefix }));
    assert.equal((await list("breeds/")).KeyCount, 1);
    assert.deepEqual(await rejection(list("other/")), denied);
    assert.deepEqual(await rejection(list()), denied);
  });

  it("ask for both sides of a copy", async () => {
    const mayWrite = { Effect: "Allow", Action: "s3:PutObject", Resource: `${BUCKET_ARN}/copies/*` };
    const copy = (...statements: object[]) =>
      s3
        .clientOfRole(...statements)
        .send(new CopyObjectCommand({ ...at, Key: "copies/a", CopySource: "bucket/breeds/a" }));
    assert.deepEqual(await rejection(copy(mayRead)), denied);
    assert.deepEqual(await rejection(copy(mayWrite)), denied);
    assert.equal((await copy(mayRead, mayWrite)).$metadata.httpStatusCode, 200);
  });

  it("are asked for each key of many that are to be deleted", async () => {
    const client = s3.clientOfRole({ ...mayRead, Action: "s3:DeleteObject" });
    const Delete = { Objects: [{ Key: "breeds/a" }, { Key: "other" }] };
    const { Deleted, Errors } = await client.send(new DeleteObjectsCommand({ Bucket: "bucket", Delete }));
    assert.deepEqual(
      [Deleted, Errors?.map(({ Key, Code }) => [Key, Code])],
      [[{ Key: "breeds/a" }], [["other", "AccessDenied"]]],
    );
  });

  it("come from the bucket's policy too, and its denials hold for everybody", async () => {
    const setPolicy = (...Statement: object[]) =>
      s3.service.configureBucket("bucket", { policy: JSON.stringify({ Version: "2012-10-17", Statement }) });
    const read = () => s3.clientOfRole().send(new GetObjectCommand(at));
    assert.deepEqual(await rejection(read()), denied);
    await setPolicy({ ...mayRead, Principal: { AWS: roleKey.principal } });
    assert.equal((await read()).$metadata.httpStatusCode, 200);
    await setPolicy({ ...mayRead, Effect: "Deny", Principal: "*" });
    assert.deepEqual(await rejection(s3.client().send(new GetObjectCommand(at))), denied);
  });

  it("count the loopback as secure transport", async () => {
    const tlsOnly = {
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [BUCKET_ARN, `${BUCKET_ARN}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    await s3.service.configureBucket("bucket", { policy: JSON.stringify({ Statement: tlsOnly }) });
    assert.equal((await s3.client().send(new GetObjectCommand(at))).$metadata.httpStatusCode, 200);
  });

  it("expect the bucket's owner to be who the client expects", async () => {
    const ask = (ExpectedBucketOwner: string) =>
      s3.client().send(new GetObjectCommand({ ...at, ExpectedBucketOwner }));
    assert.equal((await ask("123456789012")).$metadata.httpStatusCode, 200);
    assert.deepEqual(await rejection(ask("210987654321")), denied);
  });
});
