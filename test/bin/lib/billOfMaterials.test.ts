import assert from "node:assert/strict";
import { billOfMaterials } from "../../../bin/lib/billOfMaterials";
import card from "../../../functions/iris/model/card.json";
import { dependencies } from "../../../package.json";

describe("billOfMaterials()", () => {
  const bom = billOfMaterials("iris", "1.2.3");
  const named = (name: string) => bom.components.find((component) => component.name === name);

  it("names the packages that a bundle holds and those beside it, with version and license", () => {
    assert.deepEqual(
      ["valibot", "onnxruntime-node"].map((name) => ({ ...named(name) })),
      ["valibot", "onnxruntime-node"].map((name) => {
        const version = dependencies[name as keyof typeof dependencies];
        const purl = `pkg:npm/${name}@${version}`;
        return { type: "library", "bom-ref": purl, name, version, purl, licenses: [{ expression: "MIT" }] };
      }),
    );
  });

  it("names no package that the function does not load", () => {
    assert.deepEqual(
      bom.components.map(({ name }) => name).filter((name) => /pulumi|sharp|geotiff|client-s3/.test(name)),
      [],
    );
  });

  it("names what a function loads later: sharp, the AWS SDK, the library for GeoTIFFs", () => {
    const loaded = ["image-validation", "smoke-segmentation"].flatMap((name) =>
      billOfMaterials(name, "1").components.map((component) => component.name),
    );
    for (const name of ["sharp", "@aws-sdk/client-s3", "geotiff"]) assert.ok(loaded.includes(name), name);
  });

  it("names the model by the digest of its file, with its license", () => {
    const [{ sha256 }] = card.files as [(typeof card.files)[0]];
    assert.deepEqual(named("iris/model.onnx")?.hashes, [{ alg: "SHA-256", content: sha256 }]);
    assert.deepEqual(named("iris/model.onnx")?.licenses, [{ license: { name: card.license.model } }]);
  });

  it("is the same for the same sources", () => {
    assert.deepEqual(billOfMaterials("iris", "1.2.3"), bom);
  });
});
