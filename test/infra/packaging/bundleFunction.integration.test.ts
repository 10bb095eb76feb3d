import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { zipSync } from "fflate";
import { bundleFunction } from "../../../infra/packaging/bundleFunction";
import { PROJECT_ROOT } from "../../../infra/packaging/paths";

const ENDPOINTS = fs
  .readdirSync(path.join(PROJECT_ROOT, "functions"))
  .filter((name) => fs.existsSync(path.join(PROJECT_ROOT, "functions", name, "index.ts")));

/** The budget of a function's archive without its model, zipped. */
const MAX_ZIPPED_BYTES = 250 * 1024;

describe("bundleFunction", () => {
  for (const endpoint of ENDPOINTS) {
    describe(`of ${endpoint}`, () => {
      const folder = path.join(PROJECT_ROOT, "functions", endpoint);

      it("gives the same bytes twice", () => {
        assert.deepEqual(bundleFunction(folder), bundleFunction(folder));
      });

      it("stays within 250 KB zipped", () => {
        const { length } = zipSync({ ...bundleFunction(folder).files });
        assert.ok(length <= MAX_ZIPPED_BYTES, `${length} bytes`);
      });

      it("needs no native file but the layer's", () => {
        const { "index.js": index } = bundleFunction(folder).files;
        const source = Buffer.from(index as Uint8Array).toString();
        assert.doesNotMatch(source, /onnxruntime_binding\.node|napi-v\d/);
      });
    });
  }

  it("refuses a folder without a handler by its name", () => {
    assert.throws(() => bundleFunction(path.join(PROJECT_ROOT, "functions", "nowhere")), {
      message: "There is no functions/nowhere/index.ts: an endpoint's name is its folder in functions/.",
    });
  });
});
