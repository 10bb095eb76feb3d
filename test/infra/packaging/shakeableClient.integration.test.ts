import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { buildSync } from "esbuild";
import { shakeableClient } from "../../../infra/packaging/shakeableClient";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

const CLIENTS = ["@aws-sdk/client-s3", "@aws-sdk/client-lambda", "@aws-sdk/client-sagemaker-runtime"];

describe("shakeableClient", () => {
  const folder = temporaryFolder();

  /** Gives a package's schemas as text, functions left out. */
  function schemasOf(client: string): string {
    const outfile = path.join(folder, `${path.basename(client)}-${client.includes(".paddock")}.js`);
    const entry = path.join(client, "dist-es/schemas/schemas_0.js");
    buildSync({ entryPoints: [entry], outfile, bundle: true, platform: "node", format: "cjs" });
    return JSON.stringify(require(outfile));
  }

  for (const client of CLIENTS) {
    it(`The copy of ${client} has the schemas of the package`, () => {
      const installed = path.dirname(require.resolve(`${client}/package.json`));
      const schemas = schemasOf(shakeableClient(client));
      assert.match(schemas, /httpError|smithy\.ts\.sdk/);
      assert.equal(schemas, schemasOf(installed));
    });
  }

  it("Only the schemas of the operations that a function uses are in its client", () => {
    const stdin = {
      contents: `export { GetObjectCommand } from "${shakeableClient("@aws-sdk/client-s3")}";`,
      resolveDir: folder,
    };
    const outfile = path.join(folder, "get.js");
    buildSync({
      stdin,
      outfile,
      bundle: true,
      minifySyntax: true,
      platform: "node",
      format: "cjs",
      mainFields: ["module"],
    });
    const schemas = fs.readFileSync(outfile, "utf8").match(/\w+Request\$(?= = \[\s*3,)/g);
    assert.deepEqual(schemas, ["GetObjectRequest$"]);
  });
});
