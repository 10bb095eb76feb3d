import assert from "node:assert/strict";
import { hash } from "node:crypto";
import fs from "node:fs";
import type { AssetValue, Declaration } from "@paddock/local/program";
import { declareStack, declareWith, find } from "../helpers/program/declareStack";

const ACCESS_POINT = "aws:efs/accessPoint:AccessPoint";
const FILE_SYSTEM = "aws:efs/fileSystem:FileSystem";
const FUNCTION = "aws:lambda/function:Function";
const OBJECT = "aws:s3/bucketObjectv2:BucketObjectv2";

describe("the models' file system", () => {
  let dev: Declaration;
  before(async () => {
    dev = await declareStack();
  });

  const arnOf = (type: string, name: string) => find(dev, type, name).outputs.arn;

  /** Statements of a role's policy whose actions begin with a service's name. */
  const allowed = (name: string, service: string) => {
    const { policy } = find(dev, "aws:iam/rolePolicy:RolePolicy", name).inputs;
    return (JSON.parse(String(policy)).Statement as { Action: string[]; Resource: string[] }[]).filter(
      ({ Action }) => Action.every((action) => action.startsWith(`${service}:`)),
    );
  };

  it("is encrypted, elastic, and moves what is not read to cheaper storage", () => {
    const { tags, ...inputs } = find(dev, FILE_SYSTEM, "model-volume").inputs;
    assert.deepEqual(inputs, {
      encrypted: true,
      performanceMode: "generalPurpose",
      throughputMode: "elastic",
      lifecyclePolicies: [
        { transitionToIa: "AFTER_30_DAYS" },
        { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" },
      ],
    });
    assert.deepEqual(tags, { project: "paddock", stack: "dev", Name: "paddock-dev-model-volume" });
  });

  it("has provisioned throughput and no backup where the settings say so", async () => {
    const other = await declareWith({ volumeThroughput: "64", volumeBackup: "false" });
    const { throughputMode, provisionedThroughputInMibps } = find(other, FILE_SYSTEM, "model-volume").inputs;
    assert.deepEqual(
      { throughputMode, provisionedThroughputInMibps },
      { throughputMode: "provisioned", provisionedThroughputInMibps: 64 },
    );
    const backups = ({ resources }: Declaration) =>
      resources.filter(({ type }) => type === "aws:efs/backupPolicy:BackupPolicy").length;
    assert.deepEqual([backups(dev), backups(other)], [1, 0]);
  });

  it("has an access point for reading and one for writing, on the folder that the writer owns", () => {
    const { posixUser: reader, rootDirectory: read } = find(dev, ACCESS_POINT, "model-volume-readers").inputs;
    const { posixUser: writer, rootDirectory: write } = find(
      dev,
      ACCESS_POINT,
      "model-volume-writers",
    ).inputs;
    assert.deepEqual(
      { reader, writer },
      { reader: { uid: 1001, gid: 1001 }, writer: { uid: 1000, gid: 1000 } },
    );
    assert.deepEqual(read, write);
    assert.deepEqual(write, {
      path: "/paddock-dev",
      creationInfo: { ownerUid: 1000, ownerGid: 1000, permissions: "0755" },
    });
  });

  it("is only mounted by TLS and its access points, and only written by the writers", () => {
    const { policy } = find(dev, "aws:efs/fileSystemPolicy:FileSystemPolicy", "model-volume").inputs;
    const readers = arnOf(ACCESS_POINT, "model-volume-readers");
    const everyone = { Effect: "Deny", Principal: { AWS: "*" } };
    assert.deepEqual(JSON.parse(String(policy)).Statement, [
      {
        Sid: "TlsOnly",
        ...everyone,
        Action: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "AccessPointsOnly",
        ...everyone,
        Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
        Condition: {
          StringNotEquals: {
            "elasticfilesystem:AccessPointArn": [readers, arnOf(ACCESS_POINT, "model-volume-writers")],
          },
        },
      },
      {
        Sid: "ReadersDoNotWrite",
        ...everyone,
        Action: "elasticfilesystem:ClientWrite",
        Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": readers } },
      },
      { Sid: "NoRoot", ...everyone, Action: "elasticfilesystem:ClientRootAccess" },
    ]);
  });

  it("is read by an endpoint, and written by the copying function, each by its access point", () => {
    const mounts: [string, string, string[]][] = [
      ["image-validation", "model-volume-readers", ["elasticfilesystem:ClientMount"]],
      [
        "model-sync",
        "model-volume-writers",
        ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      ],
    ];
    for (const [name, accessPoint, actions] of mounts) {
      const arn = arnOf(ACCESS_POINT, accessPoint);
      assert.deepEqual(find(dev, FUNCTION, name).inputs.fileSystemConfig, {
        arn,
        localMountPath: "/mnt/models",
      });
      assert.deepEqual(allowed(name, "elasticfilesystem"), [
        {
          Effect: "Allow",
          Action: actions,
          Resource: [arnOf(FILE_SYSTEM, "model-volume")],
          Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": arn } },
        },
      ]);
    }
  });

  it("lets the copying function read the volume's models in the bucket, and nothing else there", () => {
    const { arn } = find(dev, "aws:s3/bucket:Bucket", "models").outputs;
    const onModels = allowed("model-sync", "s3").filter(({ Resource }) =>
      Resource.some((resource) => resource.startsWith(String(arn))),
    );
    assert.deepEqual(onModels, [
      { Effect: "Allow", Action: ["s3:GetObject"], Resource: [`${arn}/volume/*`] },
      {
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: [arn],
        Condition: { StringLike: { "s3:prefix": ["volume/*"] } },
      },
    ]);
  });

  it("gets a model by one call, after its files, its card last, again whenever the card or the volume is another", () => {
    const names = dev.resources.filter(({ type }) => type === OBJECT).map(({ inputs }) => inputs.key);
    assert.deepEqual(names.filter((key) => String(key).startsWith("volume/")).sort(), [
      "volume/image-validation/card.json",
      "volume/image-validation/labels.json",
      "volume/image-validation/model.onnx",
    ]);
    const card = find(dev, OBJECT, "image-validation-card.json");
    const files = ["image-validation-model.onnx", "image-validation-labels.json"].map(
      (name) => find(dev, OBJECT, name).urn,
    );
    assert.deepEqual(
      files.filter((urn) => !card.dependencies.includes(urn)),
      [],
    );
    const invocation = find(dev, "aws:lambda/invocation:Invocation", "image-validation-model-sync");
    const { asset } = card.inputs.source as Extract<AssetValue, { asset: string }>;
    assert.deepEqual(invocation.inputs, {
      functionName: find(dev, FUNCTION, "model-sync").outputs.name,
      qualifier: "live",
      input: '{"model":"image-validation"}',
      triggers: {
        card: hash("sha256", fs.readFileSync(asset)),
        fileSystem: find(dev, FILE_SYSTEM, "model-volume").outputs.id,
      },
    });
    assert.ok(invocation.dependencies.includes(card.urn));
  });

  it("gets a model that is uploaded, from the bucket's notification once that is permitted", () => {
    const permission = find(dev, "aws:lambda/permission:Permission", "model-sync");
    const { principal, sourceArn, sourceAccount, qualifier } = permission.inputs;
    assert.deepEqual(
      { principal, sourceArn, sourceAccount, qualifier },
      {
        principal: "s3.amazonaws.com",
        sourceArn: find(dev, "aws:s3/bucket:Bucket", "models").outputs.arn,
        sourceAccount: "123456789012",
        qualifier: "live",
      },
    );
    const notification = find(dev, "aws:s3/bucketNotification:BucketNotification", "model-sync");
    assert.deepEqual(notification.inputs.lambdaFunctions, [
      {
        lambdaFunctionArn: arnOf("aws:lambda/alias:Alias", "model-sync"),
        events: ["s3:ObjectCreated:*"],
        filterPrefix: "volume/",
      },
    ]);
    assert.ok(notification.dependencies.includes(permission.urn));
  });
});
