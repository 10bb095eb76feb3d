import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { type Declaration, declare, readStackConfig } from "@paddock/local/program";
import card from "../../functions/pricing/model/card.json";
import { declareStack, declareWith, find } from "../helpers/program/declareStack";
import { ProjectCopy } from "../helpers/program/projectCopy";

const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";
const BUCKET = "aws:s3/bucket:Bucket";
const EXISTING = { dataBucket: "unicorn-rides", modelPath: "linear-learner-1/output/model.tar.gz" };

/** Environment and permissions of pricing, those of logs and traces apart. */
function pricing(declaration: Declaration) {
  const { environment } = find(declaration, "aws:lambda/function:Function", "pricing").inputs as {
    environment: { variables: Record<string, string> };
  };
  const { OUTPUT_BUCKET, MODEL_PATH } = environment.variables;
  const { policy } = find(declaration, "aws:iam/rolePolicy:RolePolicy", "pricing").inputs;
  const permissions = JSON.parse(String(policy)).Statement.filter((statement: { Action: string[] }) =>
    statement.Action.some((action) => action.startsWith("s3:")),
  );
  return { OUTPUT_BUCKET, MODEL_PATH, permissions };
}

const permissionsOn = (bucket: string, modelPath: string) => [
  {
    Effect: "Allow",
    Action: ["s3:GetObject"],
    Resource: [`arn:aws:s3:::${bucket}/breeds/*`, `arn:aws:s3:::${bucket}/${modelPath}`],
  },
  {
    Effect: "Allow",
    Action: ["s3:ListBucket"],
    Resource: [`arn:aws:s3:::${bucket}`],
    Condition: { StringLike: { "s3:prefix": ["breeds/*", modelPath] } },
  },
];

describe("the model bucket", () => {
  let dev: Declaration;
  before(async () => {
    dev = await declareStack();
  });

  it("gets every file of a card under the card's own path, after the bucket is versioned", () => {
    const objects = dev.resources.filter(({ type, name }) => type === OBJECT && name.startsWith("pricing-"));
    const uploaded = objects.map(({ inputs }) => [inputs.key, (inputs.source as { asset: string }).asset]);
    const folder = path.resolve(__dirname, "../../functions/pricing/model");
    assert.deepEqual(
      uploaded.sort(),
      card.files.map((file) => [file.path, path.join(folder, file.path)]).sort(),
    );
    const { urn } = find(dev, "aws:s3/bucketVersioning:BucketVersioning", "models");
    assert.deepEqual(
      objects.filter(({ dependencies }) => !dependencies.includes(urn)),
      [],
    );
  });

  it("lets only the deploying role write aliases where the setting names it, and takes the stack's own", async () => {
    const aliasesRole = "arn:aws:iam::123456789012:role/deploy";
    const statementsOf = (declaration: Declaration) =>
      JSON.parse(String(find(declaration, "aws:s3/bucketPolicy:BucketPolicy", "models").inputs.policy))
        .Statement;
    assert.equal(statementsOf(dev).length, 1);
    const { folder } = new ProjectCopy();
    const aliases = path.join(folder, "functions/open-inference/model/aliases/reviewed");
    fs.mkdirSync(aliases, { recursive: true });
    fs.writeFileSync(path.join(aliases, "iris.json"), '{"live": "1"}');
    const reviewed = await declare({
      stackConfig: { ...readStackConfig(folder, "dev", { aliasesRole }), stack: "reviewed" },
      place: { accountId: "123456789012", region: "us-east-1" },
    });
    assert.deepEqual(statementsOf(reviewed)[1], {
      Sid: "ReviewedAliases",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"],
      Resource: [`arn:aws:s3:::${find(reviewed, BUCKET, "models").outputs.bucket}/models/*/aliases.json`],
      Condition: { ArnNotEquals: { "aws:PrincipalArn": aliasesRole } },
    });
    const keys = reviewed.resources.filter(({ type }) => type === OBJECT).map(({ inputs }) => inputs.key);
    assert.ok(keys.includes("models/iris/aliases.json"), keys.join());
  });

  it("is known to pricing by name and default key, and open to it for models only", () => {
    const bucket = String(find(dev, BUCKET, "models").outputs.bucket);
    const MODEL_PATH = card.files[0]?.path ?? "";
    assert.deepEqual(pricing(dev), {
      OUTPUT_BUCKET: bucket,
      MODEL_PATH,
      permissions: permissionsOn(bucket, MODEL_PATH),
    });
    assert.equal(dev.outputs.modelBucket, bucket);
  });

  it("goes with its objects when the stack is destroyed only where the setting says so", async () => {
    assert.equal(find(dev, BUCKET, "models").inputs.forceDestroy, true);
    const kept = await declareWith({ forceDestroy: "false" });
    assert.equal(find(kept, BUCKET, "models").inputs.forceDestroy, false);
  });

  it("is an existing one where settings name it, and none is made or filled then", async () => {
    const declaration = await declareWith(EXISTING);
    const { dataBucket, modelPath } = EXISTING;
    assert.deepEqual(pricing(declaration), {
      OUTPUT_BUCKET: dataBucket,
      MODEL_PATH: modelPath,
      permissions: permissionsOn(dataBucket, modelPath),
    });
    assert.equal(declaration.outputs.modelBucket, dataBucket);
    const made = declaration.resources.filter(
      ({ type, name, inputs }) =>
        (type === OBJECT && inputs.bucket === dataBucket) || (type === BUCKET && name === "models"),
    );
    assert.deepEqual(made, []);
  });

  it("does not touch an existing bucket's notifications: the volume's models then lie in a bucket of the stack's own", async () => {
    const declaration = await declareWith(EXISTING);
    const artifacts = find(declaration, BUCKET, "artifacts").outputs.bucket;
    const notification = find(declaration, "aws:s3/bucketNotification:BucketNotification", "model-sync");
    assert.equal(notification.inputs.bucket, artifacts);
    const objects = declaration.resources.filter(({ type }) => type === OBJECT);
    assert.deepEqual([...new Set(objects.map(({ inputs }) => inputs.bucket))], [artifacts]);
  });
});
