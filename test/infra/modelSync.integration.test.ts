import assert from "node:assert/strict";
import type { Declaration } from "@paddock/local/program";
import { declareStack, declareWith, find } from "../helpers/program/declareStack";

const BUCKET = "aws:s3/bucket:Bucket";
const CONFIG = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const NOTIFICATION = "aws:s3/bucketNotification:BucketNotification";

describe("the events that the copying function fails at", () => {
  let dev: Declaration;
  before(async () => {
    dev = await declareStack();
  });

  it("are kept in a bucket of their own, which notifies nobody", () => {
    const { arn, bucket } = find(dev, BUCKET, "failures").outputs;
    const { functionName, qualifier, destinationConfig } = find(dev, CONFIG, "model-sync").inputs;
    assert.deepEqual(
      { functionName, qualifier, destinationConfig },
      {
        functionName: find(dev, "aws:lambda/function:Function", "model-sync").outputs.name,
        qualifier: "live",
        destinationConfig: { onFailure: { destination: arn } },
      },
    );
    const told = dev.resources.filter(({ type }) => type === NOTIFICATION).map(({ inputs }) => inputs.bucket);
    assert.equal(told.includes(bucket), false);
    assert.equal(dev.outputs.failureBucket, bucket);
  });

  it("are kept by the function's role, in this account only", () => {
    const { arn } = find(dev, BUCKET, "failures").outputs;
    const { policy } = find(dev, "aws:iam/rolePolicy:RolePolicy", "model-sync").inputs;
    const statements = JSON.parse(String(policy)).Statement as { Resource: string[] }[];
    const Condition = { StringEquals: { "s3:ResourceAccount": "123456789012" } };
    assert.deepEqual(
      statements.filter(({ Resource }) => Resource.some((resource) => resource.startsWith(String(arn)))),
      [
        { Effect: "Allow", Action: ["s3:PutObject"], Resource: [`${arn}/*`], Condition },
        { Effect: "Allow", Action: ["s3:ListBucket"], Resource: [arn], Condition },
      ],
    );
  });

  it("are kept from the first upload on: the bucket tells of none before", () => {
    const { dependencies } = find(dev, NOTIFICATION, "model-sync");
    assert.ok(dependencies.includes(find(dev, CONFIG, "model-sync").urn));
  });

  it("are kept for as long as logs, and not longer as an old version", async () => {
    const lifetimes = (declaration: Declaration) =>
      (find(declaration, LIFECYCLE, "failures").inputs.rules as object[]).map((rule) => {
        const { expiration, noncurrentVersionExpiration } = rule as Record<string, unknown>;
        return { expiration, noncurrentVersionExpiration };
      });
    const noncurrentVersionExpiration = { noncurrentDays: 1 };
    assert.deepEqual(lifetimes(dev), [{ expiration: { days: 7 }, noncurrentVersionExpiration }]);
    const longer = await declareWith({ logRetentionDays: "180" });
    assert.deepEqual(lifetimes(longer), [{ expiration: { days: 180 }, noncurrentVersionExpiration }]);
  });

  it("are protected where the stack's data are", async () => {
    const kept = await declareWith({ forceDestroy: "false", protect: "true" });
    const { inputs, protect } = find(kept, BUCKET, "failures");
    assert.deepEqual([inputs.forceDestroy, protect], [false, true]);
    const { inputs: loose, protect: open } = find(dev, BUCKET, "failures");
    assert.deepEqual([loose.forceDestroy, open], [true, undefined]);
  });
});
