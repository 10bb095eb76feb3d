import assert from "node:assert/strict";
import path from "node:path";
import { declare, readStackConfig } from "@paddock/local/program";
import { MAX_DIRECT_UPLOAD_BYTES } from "../../../infra/packaging/artifactStore";
import { writeProject } from "../../helpers/program/writeProject";

const INFRA = path.resolve(__dirname, "../../../infra");

/** Declares a function's code whose archive has so many bytes; the file itself is a small one. */
async function declareCode(zippedSize: number) {
  const folder = writeProject(
    `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { codeOf } from ${JSON.stringify(path.join(INFRA, "packaging/artifactStore"))};

const parent = new pulumi.ComponentResource("tried:index:Owner", "owner", {});
const artifacts = { bucket: () => new aws.s3.Bucket("artifacts", {}).bucket };
const archive = { path: ${JSON.stringify("PLACE/packed-0123456789abcdef.zip")}.replace("PLACE", __dirname), zippedSize: ${zippedSize}, unzippedSize: 1, written: Promise.resolve() };
new aws.lambda.LayerVersion("packed", { layerName: "packed", ...codeOf("packed", archive, artifacts, parent) }, { parent });
`,
    { "packed-0123456789abcdef.zip": "PK" },
  );
  const place = { accountId: "123456789012", region: "eu-west-1" };
  const { resources } = await declare({ stackConfig: readStackConfig(folder, "dev"), place });
  const find = (type: string) =>
    resources.filter((resource) => resource.type === type).map(({ inputs }) => inputs);
  const [layer] = find("aws:lambda/layerVersion:LayerVersion");
  return {
    layer,
    objects: find("aws:s3/bucketObjectv2:BucketObjectv2"),
    buckets: find("aws:s3/bucket:Bucket"),
    folder,
  };
}

describe("an archive", () => {
  it("goes up with its function up to 50 MB, and no bucket is made", async () => {
    const { layer, objects, buckets, folder } = await declareCode(MAX_DIRECT_UPLOAD_BYTES);
    assert.deepEqual(layer?.code, { archive: path.join(folder, "packed-0123456789abcdef.zip") });
    assert.deepEqual([objects, buckets], [[], []]);
  });

  it("goes up through the artifact bucket above that, under a key that holds its content's hash", async () => {
    const { layer, objects, buckets } = await declareCode(MAX_DIRECT_UPLOAD_BYTES + 1);
    const [bucket] = buckets;
    assert.deepEqual(
      [layer?.code, layer?.s3Bucket, layer?.s3Key],
      [undefined, bucket?.bucket, "packed-0123456789abcdef.zip"],
    );
    assert.deepEqual(
      objects.map(({ bucket, key }) => ({ bucket, key })),
      [{ bucket: bucket?.bucket, key: "packed-0123456789abcdef.zip" }],
    );
  });
});
