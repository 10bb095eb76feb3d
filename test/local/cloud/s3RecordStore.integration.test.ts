import assert from "node:assert/strict";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { s3RecordStore } from "../../../local/cloud/s3RecordStore";
import { LocalS3, roleKey } from "../../helpers/services/localS3";

const BUCKET_ARN = "arn:aws:s3:::bucket";
const role = roleKey.principal;
const record = {
  key: "aws/lambda/async/sync/2026/11/21/2026-11-21T12.00.00-1",
  document: { version: "1.0" },
};

const mayPut = { Effect: "Allow", Action: "s3:PutObject", Resource: `${BUCKET_ARN}/*` };
const mayList = { Effect: "Allow", Action: "s3:ListBucket", Resource: BUCKET_ARN };

describe("records of failed events in S3", () => {
  let s3: LocalS3;
  beforeEach(async () => {
    s3 = await LocalS3.start();
  });
  afterEach(() => s3.stop());

  const store = () => s3RecordStore(() => s3.service);
  const allow = (...statements: readonly object[]) => {
    s3.rolePolicy = statements;
  };

  it("are JSON objects that the function's role puts", async () => {
    allow(mayPut);
    await store().put(role, BUCKET_ARN, record);
    const { Body, ContentType } = await s3
      .client()
      .send(new GetObjectCommand({ Bucket: "bucket", Key: record.key }));
    const text = await Body?.transformToString();
    assert.deepEqual({ text, ContentType }, { text: '{"version":"1.0"}', ContentType: "application/json" });
  });

  it("are not put by a role that may not", async () => {
    allow({ ...mayPut, Resource: `${BUCKET_ARN}/other/*` });
    await assert.rejects(store().put(role, BUCKET_ARN, record), {
      code: "AccessDenied",
      message: `User: ${role} is not authorized to perform: s3:PutObject on resource: "${BUCKET_ARN}/${record.key}"`,
    });
    const { KeyCount } = await s3.client().send(new ListObjectsV2Command({ Bucket: "bucket" }));
    assert.equal(KeyCount, 0);
  });

  it("go to a bucket that the role may list and put into, all of it", async () => {
    allow(mayPut, mayList);
    await store().check(role, BUCKET_ARN);
  });

  it("go to a bucket of this account only where the role says so", async () => {
    const inAccount = (account: string) => ({
      Condition: { StringEquals: { "s3:ResourceAccount": account } },
    });
    const here = inAccount("123456789012");
    allow({ ...mayPut, ...here }, { ...mayList, ...here });
    await store().check(role, BUCKET_ARN);
    allow({ ...mayPut, ...inAccount("210987654321") }, mayList);
    await assert.rejects(store().check(role, BUCKET_ARN), { code: "InvalidParameterValueException" });
  });

  const rejected: [string, readonly object[], string][] = [
    ["put", [mayList], "PutObject"],
    ["list", [mayPut], "ListBucket"],
    [
      "put below a prefix alone",
      [{ ...mayPut, Resource: `${BUCKET_ARN}/aws/lambda/async/*` }, mayList],
      "PutObject",
    ],
  ];
  for (const [what, statements, action] of rejected) {
    const may = what.includes("alone") ? "may" : "may not";
    it(`have no destination in a bucket that the role ${may} ${what}`, async () => {
      allow(...statements);
      await assert.rejects(store().check(role, BUCKET_ARN), {
        code: "InvalidParameterValueException",
        message: `The function execution role does not have permissions to call ${action} on S3: grant it s3:${action} on the whole bucket bucket, before the destination is set`,
      });
    });
  }

  it("have no destination in a bucket that is not there", async () => {
    allow(mayPut, mayList);
    await assert.rejects(store().check(role, "arn:aws:s3:::gone"), {
      code: "InvalidParameterValueException",
      message: "The destination arn:aws:s3:::gone cannot be used: The specified bucket does not exist",
    });
  });
});
