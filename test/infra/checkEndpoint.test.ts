import assert from "node:assert/strict";
import { checkEndpoint } from "../../infra/checkEndpoint";
import type { EndpointArgs } from "../../infra/endpointArgs";

describe("What index.ts says of an endpoint", () => {
  const check = (args: object, name = "wine") =>
    checkEndpoint(name, { shared: {}, model: { source: "bundle" }, ...args } as unknown as EndpointArgs);

  it("may be what the stack's own endpoints say", () => {
    check({});
    check({ model: { source: "s3", prefixes: ["models/"] }, memorySize: 3008, timeout: 29 });
    check({ model: { source: "sagemaker", endpointName: undefined }, evaluator: "javascript" });
  });

  const cases: readonly (readonly [args: object, said: string])[] = [
    [
      { model: undefined },
      '`model` must be { source: "bundle" } or another of bundle, s3, volume, sagemaker',
    ],
    [
      { model: { source: "bundel" } },
      '`model.source` is "bundel" (did you mean "bundle"?); it must be one of bundle, s3, volume, sagemaker',
    ],
    [
      { model: { source: "s3" } },
      '`model.prefixes` must be a list of what the keys of its models begin with, such as ["models/"]',
    ],
    [
      { model: { source: "s3", prefix: "models/" } },
      '`model.prefix` is unknown (did you mean "prefixes"?); it takes source, prefixes, bucketVariable, keyVariable, key',
    ],
    [{ memorySize: "1024" }, '`memorySize` is "1024"; it must be a whole number from 128 to 3008'],
    [{ timeout: 30 }, "`timeout` is 30; it must be a whole number from 1 to 29"],
    [
      { memory: 128 },
      "`memory` is unknown; it takes shared, model, evaluator, paths, memorySize, timeout, uploads, shadows",
    ],
    [{ evaluator: "wasm" }, '`evaluator` is "wasm"; it must be one of onnxruntime, javascript'],
  ];
  for (const [args, said] of cases) {
    it(`fails with the field and the cure: ${JSON.stringify(args)}`, () => {
      assert.throws(() => check(args), { message: `Endpoint "wine" in index.ts: ${said}.` });
    });
  }

  it("has a name that a folder, a path and AWS take", () => {
    assert.throws(
      () => check({}, "Wine Quality"),
      /^Error: Endpoint "Wine Quality" in index\.ts: `name` must be/,
    );
  });
});
