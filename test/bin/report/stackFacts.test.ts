import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import type { Declared, Properties } from "@paddock/local/program";
import { zipSync } from "fflate";
import { stackFacts } from "../../../bin/report/stackFacts";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

describe("stackFacts", () => {
  const folder = temporaryFolder();

  it("measures functions, with and without their layers, wherever their archives lie", async () => {
    const layer = resource(
      "aws:lambda/layerVersion:LayerVersion",
      "onnxruntime",
      { code: zip("layer", 3000) },
      { arn: "arn:layer:1" },
    );
    const iris = resource("aws:lambda/function:Function", "iris", {
      code: zip("iris", 200),
      layers: ["arn:layer:1"],
    });
    const large = resource("aws:lambda/function:Function", "large", {
      s3Bucket: "artifacts",
      s3Key: "large.zip",
    });
    const object = resource("aws:s3/bucketObjectv2:BucketObjectv2", "large-package", {
      bucket: "artifacts",
      key: "large.zip",
      source: { asset: zip("large", 5000).archive },
    });
    const { packages } = await stackFacts("dev", [layer, object, large, iris], folder);
    assert.deepEqual(
      packages.map(({ zipped, ...rest }) => ({ ...rest, isZipped: zipped > 0 && zipped < rest.unzipped })),
      [
        { name: "iris", kind: "function", unzipped: 200, unzippedWithLayers: 3200, isZipped: true },
        { name: "large", kind: "function", unzipped: 5000, unzippedWithLayers: 5000, isZipped: true },
        { name: "onnxruntime", kind: "layer", unzipped: 3000, unzippedWithLayers: 3000, isZipped: true },
      ],
    );
  });

  it("leaves out a function whose code belongs to another stack", async () => {
    const foreign = resource("aws:lambda/function:Function", "foreign", {
      s3Bucket: "others",
      s3Key: "a.zip",
    });
    assert.deepEqual(await stackFacts("dev", [foreign], folder), {
      stack: "dev",
      resources: 1,
      packages: [],
      costs: [],
      predictions: [],
    });
  });

  function zip(name: string, bytes: number): { archive: string } {
    const archive = path.join(folder, `${name}.zip`);
    fs.writeFileSync(archive, zipSync({ "index.js": new Uint8Array(bytes) }));
    return { archive };
  }
});

function resource(type: string, name: string, inputs: Properties, outputs: Properties = {}): Declared {
  return {
    urn: `urn:pulumi:dev::paddock::${type}::${name}`,
    type,
    name,
    custom: true,
    inputs,
    outputs: { id: name, ...inputs, ...outputs },
    dependencies: [],
    propertyDependencies: {},
  };
}
