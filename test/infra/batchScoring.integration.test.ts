import assert from "node:assert/strict";
import type { Declaration } from "@paddock/local/program";
import { declareStack, declareWith, find } from "../helpers/program/declareStack";

const BUCKET = "aws:s3/bucket:Bucket";
const FUNCTION = "aws:lambda/function:Function";
const NOTIFICATION = "aws:s3/bucketNotification:BucketNotification";
const POLICY = "aws:iam/rolePolicy:RolePolicy";

const ENDPOINTS = [
  "iris",
  "breast-cancer",
  "pricing",
  "image-validation",
  "smoke-segmentation",
  "open-inference",
];

describe("the function that answers batches", () => {
  let dev: Declaration;
  let bucket: string;
  before(async () => {
    dev = await declareStack();
    bucket = String(find(dev, BUCKET, "uploads").outputs.arn);
  });

  const aliasOf = (name: string) =>
    `arn:aws:lambda:us-east-1:123456789012:function:${find(dev, FUNCTION, name).outputs.name}:live`;
  const statementsOf = (name: string) =>
    JSON.parse(String(find(dev, POLICY, name).inputs.policy)).Statement as {
      Action: string[];
      Resource: string[];
    }[];

  it("reads files and its own state, writes results and state, and invokes the endpoints' live versions, no more", () => {
    const own = statementsOf("batch").filter(({ Action }) => /^(s3|lambda):/.test(Action[0] ?? ""));
    const failures = find(dev, BUCKET, "failures").outputs.arn;
    const objects = (...folders: string[]) => folders.map((folder) => `${bucket}/batches/*/${folder}/*`);
    assert.deepEqual(
      own.filter(({ Resource }) => !Resource[0]?.startsWith(String(failures))),
      [
        { Effect: "Allow", Action: ["s3:GetObject"], Resource: objects("in", "state") },
        { Effect: "Allow", Action: ["s3:PutObject"], Resource: objects("out", "failed", "state") },
        {
          Effect: "Allow",
          Action: ["s3:ListBucket"],
          Resource: [bucket],
          Condition: { StringLike: { "s3:prefix": ["batches/*"] } },
        },
        { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: ENDPOINTS.map(aliasOf) },
      ],
    );
  });

  it("continues by itself, for as many runs as a batch needs, before the bucket tells of a file", () => {
    assert.deepEqual(statementsOf("batch-itself"), [
      { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: [aliasOf("batch")] },
    ]);
    const { inputs, urn } = find(dev, "aws:lambda/functionRecursionConfig:FunctionRecursionConfig", "batch");
    assert.deepEqual(inputs, {
      functionName: find(dev, FUNCTION, "batch").outputs.name,
      recursiveLoop: "Allow",
    });
    const { dependencies } = find(dev, NOTIFICATION, "batch");
    assert.ok(dependencies.includes(urn));
    assert.ok(dependencies.includes(find(dev, POLICY, "batch-itself").urn));
  });

  it("is like open-inference, which invokes itself for shadows, and tries none again", () => {
    assert.deepEqual(statementsOf("open-inference-itself"), [
      { Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: [aliasOf("open-inference")] },
    ]);
    const { inputs } = find(
      dev,
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
      "open-inference",
    );
    assert.deepEqual(inputs, {
      functionName: find(dev, FUNCTION, "open-inference").outputs.name,
      maximumRetryAttempts: 0,
      qualifier: "live",
    });
  });

  it("knows the endpoints by the program, and has Lambda's longest time", () => {
    const { environment, timeout } = find(dev, FUNCTION, "batch").inputs as {
      environment: { variables: Record<string, string> };
      timeout: number;
    };
    assert.deepEqual(
      JSON.parse(environment.variables.BATCH_FUNCTIONS ?? ""),
      Object.fromEntries(ENDPOINTS.map((name) => [name, aliasOf(name)])),
    );
    assert.equal(timeout, 900);
  });

  it("is notified of files of rows only, and results are kept for as long as the setting says", async () => {
    const { lambdaFunctions } = find(dev, NOTIFICATION, "batch").inputs as {
      lambdaFunctions: { filterPrefix: string; filterSuffix: string }[];
    };
    assert.deepEqual(
      lambdaFunctions.map(({ filterPrefix, filterSuffix }) => [filterPrefix, filterSuffix]),
      [".csv", ".jsonl", ".npy"].map((suffix) => ["batches/", suffix]),
    );
    const { inputs } = find(
      await declareWith({ uploadDays: "30" }),
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "uploads",
    );
    assert.deepEqual((inputs.rules as { expiration: object }[])[0]?.expiration, { days: 30 });
  });
});
