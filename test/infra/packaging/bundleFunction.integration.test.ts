import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import { bundleFunction } from "../../../infra/packaging/bundleFunction";
import { PROJECT_ROOT } from "../../../infra/packaging/paths";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

const ENDPOINTS = fs
  .readdirSync(path.join(PROJECT_ROOT, "functions"))
  .filter((name) => fs.existsSync(path.join(PROJECT_ROOT, "functions", name, "index.ts")));

/** The budget of a function's archive without its model, zipped. */
const MAX_ZIPPED_BYTES = 250_000;

describe("bundleFunction", () => {
  const folder = temporaryFolder();
  for (const endpoint of ENDPOINTS) {
    describe(`of ${endpoint}`, () => {
      const folder = path.join(PROJECT_ROOT, "functions", endpoint);

      it("gives the same bytes twice, with nothing from an earlier bundle", () => {
        const bundle = () => bundleFunction(folder, temporaryFolder());
        assert.deepEqual(bundle(), bundle());
      });

      it("A function's bundle stays within 250 KB zipped", () => {
        const { length } = zipSync({ ...bundleFunction(folder).files }, { level: 9 });
        assert.ok(length <= MAX_ZIPPED_BYTES, `${length} bytes`);
      });

      it("needs no native file but the layer's", () => {
        const { "index.js": index } = bundleFunction(folder).files;
        const source = Buffer.from(index as Uint8Array).toString();
        assert.doesNotMatch(source, /onnxruntime_binding\.node|napi-v\d/);
      });
    });
  }

  it("leaves out of the library of GeoTIFFs what is not used, and it reads one", async () => {
    const { files } = bundleFunction(path.join(PROJECT_ROOT, "functions/smoke-segmentation"));
    const library = files["geoTiffLibrary.js"] as Uint8Array;
    assert.ok(library.length < 100 * 1024, `${library.length} bytes`);
    fs.writeFileSync(path.join(folder, "geoTiffLibrary.js"), library);
    const { fromArrayBuffer } = require(path.join(folder, "geoTiffLibrary.js"));
    const scene = fs.readFileSync(path.join(PROJECT_ROOT, "test/fixtures/geotiff/strips-u1.tif"));
    const image = await (await fromArrayBuffer(Uint8Array.from(scene).buffer)).getImage();
    assert.deepEqual((await image.readRasters({ window: [0, 0, 2, 1] }))[0], Uint8Array.of(0, 2));
  });

  it("has each client of the AWS SDK as a file of its own, with no credentials but the environment's, and no event streams", () => {
    const { files } = bundleFunction(path.join(PROJECT_ROOT, "functions/open-inference"));
    assert.deepEqual(Object.keys(files).sort(), [
      "conversion.js",
      "describeRepository.js",
      "evaluator.js",
      "index.js",
      "lambdaClient.js",
      "readArchive.js",
      "s3Client.js",
    ]);
    const client = Buffer.from(files["s3Client.js"] as Uint8Array).toString();
    assert.ok(client.length < 240 * 1024, `${client.length} bytes`);
    assert.match(client, /AWS_SESSION_TOKEN/);
    assert.doesNotMatch(client, /sso_start_url|AWS_CONTAINER_CREDENTIALS|AssumeRole|\bimport\(/);
    assert.doesNotMatch(client, /header name exceeds/);
  });

  it("rejects a folder without a handler by its name", () => {
    assert.throws(() => bundleFunction(path.join(PROJECT_ROOT, "functions", "nowhere")), {
      message: "There is no functions/nowhere/index.ts: an endpoint's name is its folder in functions/.",
    });
  });
});
