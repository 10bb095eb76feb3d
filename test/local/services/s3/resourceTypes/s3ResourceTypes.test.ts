import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { s3ResourceTypes } from "../../../../../local/services/s3/s3ResourceTypes";

describe("s3ResourceTypes", () => {
  for (const resourceType of s3ResourceTypes) {
    const [, module = "", className] = /^aws:s3\/(\w+):(\w+)$/.exec(resourceType.type) ?? [];
    const source = readFileSync(require.resolve(`@pulumi/aws/s3/${module}.js`), "utf8");

    it(`know ${className} and all of its inputs as @pulumi/aws has them`, () => {
      assert.equal(/__pulumiType = '(.*)'/.exec(source)?.[1], resourceType.type);
      const inputs = [...source.matchAll(/resourceInputs\["(\w+)"\] = args\?\./g)].map(([, input]) => input);
      assert.deepEqual(resourceType.inputs, inputs.sort());
    });

    it(`give ${className} every output that AWS would`, () => {
      const properties = [...source.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)].map(
        ([, output]) => output,
      );
      // What AWS computes for websites, of which there are none here, and checksums, known once an object is put.
      const conditional = /^website|^checksum/;
      const outputs = resourceType.outputs(
        { bucket: "models", key: "a", content: "x" },
        { name: "models", urn: "urn" },
        {
          region: "eu-central-1",
          accountId: "123456789012",
          project: "p",
          stack: "dev",
          address: () => undefined,
        },
      );
      const missing = properties.filter(
        (name) => !conditional.test(String(name)) && outputs[String(name)] === undefined,
      );
      assert.deepEqual(missing, []);
    });
  }
});
