import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { InferenceSession } from "onnxruntime-node";
import type { ModelRepository } from "../../../functions/open-inference/modelRepository";
import type { ModelStatistics } from "../../../functions/open-inference/modelStatistics";
import { protocol, protocolRejection } from "../../../functions/open-inference/protocol";
import type { Aliases } from "../../../functions/shared/aliases";
import { NotFound } from "../../../functions/shared/errors";
import { createHandler } from "../../../functions/shared/handler";
import { readOnnx } from "../../../functions/shared/onnx/readOnnx";
import { encodeOnnxModel, type OnnxValue } from "../../../functions/shared/onnxProto";
import { callHttp, HTTP_FORMS, type HttpRequest } from "../../helpers/handlers/eventForms";
import { lambdaContext } from "../../helpers/handlers/lambdaContext";
import { echoModel } from "../../helpers/models/echoModel";
import { sumAndDifferenceModel } from "../../helpers/models/sumAndDifferenceModel";

type OnnxType = OnnxValue["type"];

const TYPES: Readonly<Record<string, { onnx: OnnxType; json: unknown[]; bytes: Buffer }>> = {
  BOOL: { onnx: "BOOL", json: [true, false], bytes: Buffer.from([1, 0]) },
  UINT8: { onnx: "UINT8", json: [0, 255], bytes: Buffer.from([0, 255]) },
  UINT16: { onnx: "UINT16", json: [1, 65535], bytes: Buffer.from(Uint16Array.of(1, 65535).buffer) },
  UINT32: { onnx: "UINT32", json: [1, 4294967295], bytes: Buffer.from(Uint32Array.of(1, 4294967295).buffer) },
  UINT64: {
    onnx: "UINT64",
    json: [1, 2 ** 53 - 1],
    bytes: Buffer.from(BigUint64Array.of(1n, 2n ** 53n - 1n).buffer),
  },
  INT8: { onnx: "INT8", json: [-128, 127], bytes: Buffer.from(Int8Array.of(-128, 127).buffer) },
  INT16: { onnx: "INT16", json: [-32768, 32767], bytes: Buffer.from(Int16Array.of(-32768, 32767).buffer) },
  INT32: {
    onnx: "INT32",
    json: [-(2 ** 31), 2 ** 31 - 1],
    bytes: Buffer.from(Int32Array.of(-(2 ** 31), 2 ** 31 - 1).buffer),
  },
  INT64: {
    onnx: "INT64",
    json: [-(2 ** 53) + 1, 5],
    bytes: Buffer.from(BigInt64Array.of(-(2n ** 53n) + 1n, 5n).buffer),
  },
  FP32: { onnx: "FLOAT", json: [1.5, -0.25], bytes: Buffer.from(Float32Array.of(1.5, -0.25).buffer) },
  FP64: { onnx: "DOUBLE", json: [0.1, -1e300], bytes: Buffer.from(Float64Array.of(0.1, -1e300).buffer) },
  BYTES: {
    onnx: "STRING",
    json: ["", "höf"],
    bytes: Buffer.from("\x00\x00\x00\x00\x04\x00\x00\x00h\xc3\xb6f", "latin1"),
  },
};

const FIXTURES = path.resolve(__dirname, "../../fixtures/onnx");
const fixture = (name: string) => fs.readFileSync(path.join(FIXTURES, `${name}.onnx`));

/** ONNX that gives its one input back, by a name that every object has. */
function namedModel(name: string): Buffer {
  return encodeOnnxModel({
    name: "named",
    inputs: [{ name, type: "FLOAT", shape: ["N"] }],
    outputs: [{ name: "valueOf", type: "FLOAT", shape: ["N"] }],
    nodes: [{ op: "Identity", inputs: [name], outputs: ["valueOf"] }],
  });
}

/** Models by name and version, all loaded. */
async function repositoryOf(
  models: Readonly<Record<string, Readonly<Record<string, Buffer>>>>,
  aliases: Readonly<Record<string, Aliases>> = {},
): Promise<ModelRepository> {
  const sessions = new Map<string, InferenceSession>();
  for (const [name, versions] of Object.entries(models)) {
    for (const [version, model] of Object.entries(versions)) {
      sessions.set(`${name}/${version}`, await InferenceSession.create(model, { logSeverityLevel: 4 }));
    }
  }
  const versionsOf = (name: string) => Object.keys(models[name] ?? {}).sort((a, b) => Number(b) - Number(a));
  return {
    index: async () =>
      [...sessions.keys()].map((key) => ({
        name: key.split("/")[0] ?? "",
        version: key.split("/")[1] ?? "",
      })),
    async versions(name) {
      if (models[name] === undefined) throw new NotFound(`There is no model ${name}`);
      return versionsOf(name);
    },
    aliases: async (name) => aliases[name],
    use: async (name, version, _fields, run) =>
      run(
        sessions.get(`${name}/${version}`) as InferenceSession,
        readOnnx(models[name]?.[version] ?? Buffer.alloc(0)),
      ),
  };
}

describe("open-inference's protocol", () => {
  let handler: ReturnType<typeof createHandler>;
  before(async () => {
    const echoes = Object.fromEntries(
      [
        ...Object.entries(TYPES).map(([name, { onnx }]) => [name, onnx] as const),
        ["FP16", "FLOAT16"] as const,
      ].map(([name, onnx]) => [`echo-${name}`, { "1": echoModel(onnx) }]),
    );
    const repository = await repositoryOf({
      ...echoes,
      pair: { "2": sumAndDifferenceModel(), "10": sumAndDifferenceModel() },
      ...Object.fromEntries(
        ["constructor", "__proto__", "toString", "hasOwnProperty"].map((name) => [
          `named-${name}`,
          { "1": namedModel(name) },
        ]),
      ),
      "no-shape": { "1": fixture("no-shape") },
      expand: { "1": fixture("expand") },
    });
    handler = createHandler({
      name: "open-inference",
      respond: (request) => protocol(request, repository),
      reject: protocolRejection,
    });
  });

  const [urlForm, restForm] = HTTP_FORMS as [(typeof HTTP_FORMS)[0], (typeof HTTP_FORMS)[0]];
  const call = (request: HttpRequest) => callHttp(handler, urlForm, "open-inference", request);
  const get = async (path: string) => {
    const { status, body } = await call({ method: "GET", path });
    return [status, JSON.parse(body)];
  };
  const infer = async (model: string, body: unknown, headers: Record<string, string> = {}) => {
    const { status, body: response } = await call({
      path: `/v2/models/${model}/infer`,
      body: JSON.stringify(body),
      headers,
    });
    return [status, JSON.parse(response)];
  };

  it("says who it is, that it lives and that it is ready", async () => {
    assert.deepEqual(await get("/v2"), [
      200,
      {
        name: "paddock",
        version: "2",
        extensions: ["binary_tensor_data", "model_repository", "model_configuration", "statistics"],
      },
    ]);
    assert.deepEqual(await get("/v2/health/live"), [200, { live: true }]);
    assert.deepEqual(await get("/v2/health/ready"), [200, { ready: true }]);
  });

  it("describes a model, its versions in their order, and whether it is ready", async () => {
    const described = {
      name: "pair",
      versions: ["2", "10"],
      platform: "onnxruntime_onnx",
      inputs: [
        { name: "a", datatype: "FP32", shape: [-1, 2] },
        { name: "b", datatype: "FP32", shape: [-1, 2] },
      ],
      outputs: [
        { name: "sum", datatype: "FP32", shape: [-1, 2] },
        { name: "difference", datatype: "FP32", shape: [-1, 2] },
      ],
    };
    assert.deepEqual(await get("/v2/models/pair"), [200, described]);
    assert.deepEqual(await get("/v2/models/pair/versions/2"), [200, described]);
    assert.deepEqual(await get("/v2/models/pair/versions/2/ready"), [200, { name: "pair", ready: true }]);
  });

  it("names a model, a version and a path that are not there", async () => {
    assert.deepEqual(await get("/v2/models/horn"), [404, { error: "There is no model horn" }]);
    assert.deepEqual(await get("/v2/models/horn/ready"), [404, { error: "There is no model horn" }]);
    assert.deepEqual(await get("/v2/models/pair/versions/3"), [
      404,
      { error: "The model pair has no version 3; there is 10, 2" },
    ]);
    assert.deepEqual(await get("/v3"), [
      404,
      { error: "No path /v3 here; models are at /v2/models/{name}, see GET /" },
    ]);
  });

  it("The Open Inference Protocol lists the repository's models", async () => {
    const { status, body } = await call({ path: "/v2/repository/index", body: "{}" });
    const pairs = JSON.parse(body).filter(({ name }: { name: string }) => name === "pair");
    assert.deepEqual(
      [status, pairs],
      [
        200,
        [
          { name: "pair", version: "2", state: "READY" },
          { name: "pair", version: "10", state: "READY" },
        ],
      ],
    );
  });

  it("answers over the REST API at the same paths, a doubled slash taken as one", async () => {
    const event = restForm.event("x", { method: "GET" }) as Record<string, unknown>;
    const response = (await handler({ ...event, path: "//v2/health//live" }, lambdaContext)) as {
      statusCode: number;
    };
    assert.equal(response.statusCode, 200);
  });

  it("rejects direct invocation, and methods it does not have, in the protocol's form", async () => {
    assert.deepEqual(await handler({ inputs: [] }, lambdaContext), {
      statusCode: 400,
      body: '{"error":"The Open Inference Protocol is HTTP: call the function URL or the REST API"}',
    });
    const { status, headers, body } = await call({ method: "DELETE", path: "/v2/models/pair" });
    assert.deepEqual(
      [status, headers.allow, JSON.parse(body)],
      [405, "GET, HEAD, OPTIONS", { error: "Method not allowed; use GET, HEAD, OPTIONS" }],
    );
  });

  for (const [datatype, { json, bytes }] of Object.entries(TYPES)) {
    const twice = { name: "x", datatype, shape: [2, 2] };

    it(`takes and gives ${datatype} as JSON, nested or flat`, async () => {
      const expected = {
        model_name: `echo-${datatype}`,
        model_version: "1",
        id: "7",
        outputs: [{ name: "y", datatype, shape: [2, 2], data: [...json, ...json] }],
      };
      for (const data of [
        [json, json],
        [...json, ...json],
      ]) {
        assert.deepEqual(await infer(`echo-${datatype}`, { id: "7", inputs: [{ ...twice, data }] }), [
          200,
          expected,
        ]);
      }
    });

    it(`takes and gives ${datatype} as binary data`, async () => {
      const parameters = { binary_data_size: bytes.length };
      const head = Buffer.from(
        JSON.stringify({
          inputs: [{ name: "x", datatype, shape: [1, 2], parameters }],
          outputs: [{ name: "y", parameters: { binary_data: true } }],
        }),
      );
      const { status, headers, body } = await callBytes(
        Buffer.concat([head, bytes]),
        head.length,
        `echo-${datatype}`,
      );
      const length = Number(headers["inference-header-content-length"]);
      assert.deepEqual(
        [
          status,
          headers["content-type"],
          JSON.parse(body.subarray(0, length).toString()).outputs,
          body.subarray(length),
        ],
        [200, "application/octet-stream", [{ name: "y", datatype, shape: [1, 2], parameters }], bytes],
      );
    });
  }

  const callBytes = async (body: Buffer, headerLength: number | string, model: string) => {
    const event = urlForm.event("open-inference", {
      path: `/v2/models/${model}/infer`,
      body,
      headers: { "inference-header-content-length": String(headerLength) },
    });
    const response = (await handler(event, lambdaContext)) as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
      isBase64Encoded: boolean;
    };
    return {
      status: response.statusCode,
      headers: response.headers,
      body: Buffer.from(response.body, response.isBase64Encoded ? "base64" : "utf8"),
    };
  };

  it("takes and gives FP16 as binary data only", async () => {
    const bytes = Buffer.from(Uint16Array.of(0x3c00, 0xc000).buffer);
    const input = { name: "x", datatype: "FP16", shape: [1, 2] };
    const head = Buffer.from(
      JSON.stringify({
        inputs: [{ ...input, parameters: { binary_data_size: 4 } }],
        parameters: { binary_data_output: true },
      }),
    );
    const { body, headers } = await callBytes(Buffer.concat([head, bytes]), head.length, "echo-FP16");
    assert.deepEqual(body.subarray(Number(headers["inference-header-content-length"])), bytes);
    assert.deepEqual(await infer("echo-FP16", { inputs: [{ ...input, data: [1, 2] }] }), [
      400,
      { error: 'Input "x": FP16 cannot be sent as JSON; send it as binary data' },
    ]);
  });

  it("keeps every digit of 64-bit integers in its responses", async () => {
    const bytes = Buffer.from(BigInt64Array.of(2n ** 62n + 1n, -1n).buffer);
    const head = Buffer.from(
      JSON.stringify({
        inputs: [{ name: "x", datatype: "INT64", shape: [1, 2], parameters: { binary_data_size: 16 } }],
      }),
    );
    const { body } = await callBytes(Buffer.concat([head, bytes]), head.length, "echo-INT64");
    assert.match(body.toString(), /"data":\[4611686018427387905,-1\]/);
  });

  /** Posts JSON as it is written here, and gives the `data` of the response as it is written there. */
  const echoText = async (datatype: string, data: string) => {
    const body = `{"inputs":[{"name":"x","datatype":"${datatype}","shape":[1,2],"data":${data}}]}`;
    const { status, body: response } = await call({ path: `/v2/models/echo-${datatype}/infer`, body });
    return status === 200 ? /"data":(.*?)}/.exec(response)?.[1] : JSON.parse(response).error;
  };

  it("keeps every digit of 64-bit integers in requests, too", async () => {
    for (const data of ["[9223372036854775807,-9223372036854775808]", "[9007199254740993,1]"]) {
      assert.equal(await echoText("INT64", data), data);
    }
    assert.equal(await echoText("UINT64", "[18446744073709551615,0]"), "[18446744073709551615,0]");
    assert.equal(await echoText("UINT64", "[[ 18446744073709551615 , 1.0 ]]"), "[18446744073709551615,1]");
    assert.equal(
      await echoText("INT64", "[9007199254740993.0,0]"),
      'Input "x": 9007199254740992 is not exact: write all of its digits, or send it as binary data',
    );
    assert.equal(
      await echoText("UINT64", "[18446744073709551616,0]"),
      'Input "x": 18446744073709551616 is not a whole number from 0 to 18446744073709551615',
    );
  });

  it("gives float32 in the fewest digits that read back the same, and keeps the sign of zero", async () => {
    assert.equal(await echoText("FP32", "[0.1,16777216]"), "[0.1,16777216]");
    assert.equal(await echoText("FP32", "[0.30000001192092896,-0.0]"), "[0.3,-0.0]");
    assert.equal(await echoText("FP64", "[0.1,-0.0]"), "[0.1,-0.0]");
    assert.equal(await echoText("FP64", "[12345678901234567890,1e-7]"), "[12345678901234567000,1e-7]");
  });

  it("takes and gives what JSON has no numbers for: null for NaN, and infinities as texts", async () => {
    for (const datatype of ["FP32", "FP64"]) {
      assert.equal(await echoText(datatype, '[null,"Infinity"]'), '[null,"Infinity"]');
      assert.equal(await echoText(datatype, '["NaN","-Infinity"]'), '[null,"-Infinity"]');
      assert.equal(await echoText(datatype, "[NaN, -Infinity]"), '[null,"-Infinity"]');
      assert.equal(await echoText(datatype, "[[Infinity,NaN]]"), '["Infinity",null]');
      assert.match(await echoText(datatype, '["nan",1]'), /"nan" is not a number of FP/);
      assert.match(await echoText(datatype, "[1e999,1]"), /Infinity is not a number of FP/);
    }
    assert.match(await echoText("INT32", "[null,1]"), /null is not a whole number/);
    assert.match(await echoText("INT32", "[NaN,1]"), /NaN is not a whole number/);
    assert.match(await echoText("BYTES", "[NaN,null]"), /NaN is not a string/);
    assert.match(await echoText("BOOL", "[true,NaN]"), /NaN is not true or false/);
    assert.equal(await echoText("BYTES", '["NaN","a\\"Infinity"]'), '["NaN","a\\"Infinity"]');
    assert.match(await echoText("FP32", "[nan,1]"), /is not JSON/);
  });

  it("rejects data that are neither flat nor nested as the shape says", async () => {
    const x = (shape: number[], data: unknown) =>
      infer("echo-FP32", { inputs: [{ name: "x", datatype: "FP32", shape, data }] });
    for (const data of [
      [[1, 2, 3], [4]],
      [[1, 2], 3, 4],
      [[[1, 2]], [[3, 4]]],
      [[1, 2, 3, 4]],
      [[1, 2], [3]],
    ]) {
      assert.deepEqual(await x([2, 2], data), [
        400,
        { error: 'Input "x": `data` is not nested as the shape [2,2] says' },
      ]);
    }
    assert.deepEqual(await x([2, 2], 5), [400, { error: 'Input "x": `data` is not a list' }]);
    assert.equal((await x([0, 2], []))[0], 200);
  });

  it("takes null for an optional member as if it were absent", async () => {
    const x = { name: "x", datatype: "FP32", shape: [1, 2], data: [1, 2], parameters: null };
    const request = { id: null, parameters: null, inputs: [x], outputs: null };
    const [status, { id, outputs }] = await infer("echo-FP32", request);
    assert.deepEqual([status, id, outputs[0].data], [200, undefined, [1, 2]]);
    const named = {
      ...request,
      outputs: [{ name: "y", parameters: { binary_data: null, classification: null } }],
    };
    assert.equal((await infer("echo-FP32", named))[0], 200);
    assert.deepEqual(await infer("echo-FP32", { inputs: [{ ...x, data: null }] }), [
      400,
      { error: 'Input "x": `data` is missing' },
    ]);
  });

  it("looks at how many tensors and sizes there are before it looks at each", async () => {
    const rejection = async (body: unknown) => {
      const [status, { error }] = await infer("pair", body);
      return [status, error];
    };
    assert.deepEqual(await rejection({ inputs: Array(1_000_000).fill(1) }), [
      400,
      "inputs must have at most 1000 tensors",
    ]);
    assert.deepEqual(await rejection({ inputs: [{ ...a, shape: Array(100_000).fill(1) }] }), [
      400,
      "inputs.0.shape must have at most 64 sizes",
    ]);
    const [status, error] = await rejection({ inputs: Array(1_000).fill({}) });
    assert.equal(status, 400);
    assert.match(error, /inputs\.6\.name is required; inputs\.6\.shape is required; and 2980 more$/);
    assert.deepEqual(await rejection({ inputs: [{ ...a, shape: [0, 1e300] }] }), [
      400,
      "inputs.0.shape.1 must be at most 2147483647",
    ]);
  });

  it("shows no more than 100 characters of what a request names", async () => {
    const long = "x".repeat(1_000_000);
    for (const body of [
      { inputs: [{ ...a, name: long }] },
      { inputs: [{ ...a, datatype: long }] },
      { inputs: [{ ...a, data: [1, long] }, b] },
      { inputs: [a, b], outputs: [{ name: long }] },
    ]) {
      const [status, { error }] = await infer("pair", body);
      assert.equal(status, 400);
      assert.ok(error.length < 400, `${error.length} characters`);
    }
    const { status, body } = await call({ method: "GET", path: `/${long}` });
    assert.ok(status === 404 && body.length < 400, `${body.length} characters`);
  });

  it("serves names that objects of JavaScript have by themselves", async () => {
    for (const name of ["constructor", "__proto__", "toString", "hasOwnProperty"]) {
      const input = { name, datatype: "FP32", shape: [1], data: [5] };
      const [, { outputs }] = await infer(`named-${name}`, { inputs: [input] });
      assert.deepEqual(outputs[0].data, [5], name);
      const [status] = await infer(`named-${name}`, { inputs: [input, input] });
      assert.equal(status, 400, name);
      const [missing, { error }] = await infer(`named-${name}`, { inputs: [] });
      assert.deepEqual([missing, error.startsWith(`Input "${name}" is missing`)], [400, true]);
    }
    const [, { outputs }] = await infer("named-constructor", {
      inputs: [{ name: "constructor", datatype: "FP32", shape: [1], data: [5] }],
    });
    assert.equal(outputs[0].name, "valueOf");
  });

  it("takes any shape where the model declares none, and says so in its metadata as well as the protocol can", async () => {
    for (const [shape, data] of [
      [[3], [1, 2, 3]],
      [
        [2, 2],
        [
          [1, 2],
          [3, 4],
        ],
      ],
      [
        [1, 1, 2],
        [5, 6],
      ],
    ]) {
      const [status, { outputs }] = await infer("no-shape", {
        inputs: [{ name: "x", datatype: "FP32", shape, data }],
      });
      assert.deepEqual([status, outputs?.[0].shape], [200, shape]);
    }
    const [, { inputs }] = await get("/v2/models/no-shape");
    assert.deepEqual(inputs, [{ name: "x", datatype: "FP32", shape: [-1] }]);
    const [status, { error }] = await infer("no-shape", {
      inputs: [{ name: "x", datatype: "INT8", shape: [1], data: [1] }],
    });
    assert.deepEqual([status, error], [400, 'Input "x" is INT8 [1], the model expects FP32 of any shape']);
  });

  it("answers 413 with the cure where Lambda would not send the outputs", async () => {
    const ask = async (count: number, parameters: object = {}) => {
      const inputs = [{ name: "shape", datatype: "INT64", shape: [1], data: [count] }];
      const { status, body } = await call({
        path: "/v2/models/expand/infer",
        body: JSON.stringify({ inputs, parameters }),
      });
      return [status, status === 200 ? "" : JSON.parse(body).error];
    };
    assert.deepEqual(await ask(1_000), [200, ""]);
    assert.deepEqual(await ask(3_200_000), [
      413,
      'Output "y" has 3200000 values, over 6291456 bytes as JSON, the most that Lambda sends: ask for it with "binary_data": true, or for fewer outputs or rows',
    ]);
    assert.deepEqual(await ask(1_000_000, { binary_data_output: true }), [200, ""]);
    assert.deepEqual((await ask(1_300_000, { binary_data_output: true }))[0], 413);
    assert.match(
      String((await ask(1_300_000, { binary_data_output: true }))[1]),
      /ask for fewer outputs or rows$/,
    );
  });

  it("answers 503 where memory runs out while a model runs, and goes on", async () => {
    const ask = (count: number) =>
      infer("expand", { inputs: [{ name: "shape", datatype: "INT64", shape: [1], data: [count] }] });
    const [status, { error }] = await ask(1e15);
    assert.equal(status, 503);
    assert.match(error, /^The function's memory does not suffice to run the model on this request: /);
    assert.equal((await ask(1))[0], 200);
  });

  it("says which operator fails, without a word of ONNX Runtime's source", async () => {
    const [status, { error }] = await infer("expand", {
      inputs: [{ name: "shape", datatype: "INT64", shape: [1], data: [-1] }],
    });
    assert.deepEqual([status, error], [400, "The model rejects these inputs: its operator Expand fails"]);
  });

  describe("with aliases", () => {
    const inputs = [
      { name: "b", datatype: "FP32", shape: [1, 2], data: [1, 2] },
      { name: "a", datatype: "FP32", shape: [1, 2], data: [5, 5] },
    ];
    let aliased: ReturnType<typeof createHandler>;
    const call = async (path: string, request: Partial<HttpRequest> = {}) => {
      const [form] = HTTP_FORMS;
      assert.ok(form);
      const { status, body } = await callHttp(aliased, form, "v2", { path: `/v2/${path}`, ...request });
      return [status, JSON.parse(body)];
    };
    const versionOf = async (path: string, headers: Record<string, string> = {}) => {
      const [status, body] = await call(`models/${path}/infer`, {
        headers,
        body: JSON.stringify({ inputs }),
      });
      return status === 200 ? body.model_version : body.error;
    };
    before(async () => {
      const versions = {
        "2": sumAndDifferenceModel(),
        "3": sumAndDifferenceModel(),
        "10": sumAndDifferenceModel(),
      };
      const repository = await repositoryOf(
        { pair: versions, canary: versions, gone: versions },
        {
          pair: { live: "3" },
          canary: { live: "2", canary: { version: "10", percent: 50, header: "x-user-id" } },
          gone: { live: "7" },
        },
      );
      aliased = createHandler({
        name: "open-inference",
        respond: (request) => protocol(request, repository),
        reject: protocolRejection,
      });
    });

    it("the live version answers, and a version that is asked for by its number", async () => {
      assert.deepEqual([await versionOf("pair"), await versionOf("pair/versions/10")], ["3", "10"]);
      assert.equal(
        await versionOf("gone"),
        "The model gone has no version 7, which its aliases.json names; there is 10, 3, 2",
      );
    });

    it("a canary answers its share, always the same callers by the header", async () => {
      const asked: string[] = [];
      for (let i = 0; i < 40; i++) {
        const headers = { "x-user-id": `user ${i}` };
        asked.push(await versionOf("canary", headers));
        assert.equal(await versionOf("canary", headers), asked.at(-1));
      }
      assert.deepEqual([...new Set(asked)].sort(), ["10", "2"]);
    });

    it("config is Triton's model configuration", async () => {
      const dims = [-1, 2];
      assert.deepEqual(await call("models/pair/config", { method: "GET" }), [
        200,
        {
          name: "pair",
          platform: "onnxruntime_onnx",
          backend: "onnxruntime",
          version_policy: { specific: { versions: ["3"] } },
          max_batch_size: 0,
          input: ["a", "b"].map((name) => ({ name, data_type: "TYPE_FP32", dims })),
          output: ["sum", "difference"].map((name) => ({ name, data_type: "TYPE_FP32", dims })),
        },
      ]);
    });

    it("stats count what this instance answered, version by version", async () => {
      const countsOf = async (path: string) => {
        const [status, { model_stats }] = await call(path, { method: "GET" });
        assert.equal(status, 200);
        return (model_stats as ReturnType<ModelStatistics["describe"]>[]).map(
          ({ name, version, inference_stats: { success, fail } }) =>
            `${name} ${version} ${success.count} ${fail.count}`,
        );
      };
      const before = await countsOf("models/pair/stats");
      await versionOf("pair/versions/2");
      await call("models/pair/versions/2/infer", { body: JSON.stringify({ inputs: [] }) });
      const [, success = "", fail = ""] = /^pair 2 (\d+) (\d+)$/.exec(before[0] ?? "") ?? [];
      assert.deepEqual(await countsOf("models/pair/stats"), [
        `pair 2 ${Number(success) + 1} ${Number(fail) + 1}`,
        ...before.slice(1),
      ]);
      assert.equal((await countsOf("models/pair/versions/2/stats")).length, 1);
      assert.equal((await countsOf("models/stats")).length, 9);
    });

    it("load and unload are rejected in Triton's words", async () => {
      for (const action of ["load", "unload"]) {
        assert.deepEqual(await call(`repository/models/pair/${action}`, { body: "{}" }), [
          400,
          { error: "explicit model load / unload is not allowed if polling is enabled" },
        ]);
      }
    });
  });

  it("runs the version asked for, the highest by default, and gives the outputs asked for", async () => {
    const inputs = [
      { name: "b", datatype: "FP32", shape: [1, 2], data: [1, 2] },
      { name: "a", datatype: "FP32", shape: [1, 2], data: [5, 5] },
    ];
    const [, newest] = await infer("pair", { inputs });
    assert.equal(newest.model_version, "10");
    assert.deepEqual(
      newest.outputs.map(({ name, data }: { name: string; data: number[] }) => [name, data]),
      [
        ["sum", [6, 7]],
        ["difference", [4, 3]],
      ],
    );
    const [, older] = await infer("pair/versions/2", { inputs, outputs: [{ name: "difference" }] });
    assert.deepEqual(
      [older.model_version, older.outputs],
      ["2", [{ name: "difference", datatype: "FP32", shape: [1, 2], data: [4, 3] }]],
    );
  });

  const a = { name: "a", datatype: "FP32", shape: [1, 2], data: [1, 2] };
  const b = { ...a, name: "b" };
  const expects = 'the model expects "a" FP32 [-1,2], "b" FP32 [-1,2]';
  const wrong: [string, unknown, string][] = [
    ["a name", { inputs: [a, b, { ...a, name: "c" }] }, `There is no input "c"; ${expects}`],
    ["a missing input", { inputs: [a] }, `Input "b" is missing; ${expects}`],
    ["missing inputs", { inputs: [] }, `Inputs "a", "b" are missing; ${expects}`],
    ["an input given twice", { inputs: [a, a, b] }, 'Input "a" is given twice'],
    [
      "a data type",
      { inputs: [{ ...a, datatype: "INT32" }, b] },
      'Input "a" is INT32 [1,2], the model expects FP32 [-1,2]',
    ],
    [
      "a shape",
      { inputs: [{ ...a, shape: [2] }, b] },
      'Input "a" is FP32 [2], the model expects FP32 [-1,2]',
    ],
    ["a count", { inputs: [{ ...a, shape: [3, 2] }, b] }, 'Input "a": `data` has 2 values, the shape says 6'],
    ["a value", { inputs: [{ ...a, data: [1, "2"] }, b] }, 'Input "a": "2" is not a number of FP32'],
    ["no data", { inputs: [{ ...a, data: undefined }, b] }, 'Input "a": `data` is missing'],
    [
      "shapes that do not go together",
      {
        inputs: [
          { ...a, shape: [2, 2], data: [1, 2, 3, 4] },
          { ...b, shape: [3, 2], data: [1, 2, 3, 4, 5, 6] },
        ],
      },
      "",
    ],
    [
      "an output",
      { inputs: [a, b], outputs: [{ name: "z" }] },
      'There is no output "z"; the model gives sum, difference',
    ],
    [
      "its fields",
      { inputs: [{ name: 5 }] },
      "inputs.0.name must be a string; inputs.0.shape is required; inputs.0.datatype is required",
    ],
  ];
  for (const [what, body, message] of wrong) {
    it(`rejects what is not the model's, and says what is: ${what}`, async () => {
      const [status, response] = await infer("pair", body);
      assert.equal(status, 400);
      if (message) assert.deepEqual(response, { error: message });
      else assert.match(response.error, /^The model rejects these inputs: /);
    });
  }

  it("rejects numbers out of their type's range", async () => {
    const x = (datatype: string, data: unknown[]) => ({
      inputs: [{ name: "x", datatype, shape: [1, 2], data }],
    });
    const messages = [
      (await infer("echo-UINT8", x("UINT8", [256, 0])))[1].error,
      (await infer("echo-INT8", x("INT8", [1.5, 0])))[1].error,
      (await infer("echo-INT64", x("INT64", [2 ** 63, 0])))[1].error,
      (await infer("echo-INT64", x("INT64", [1e300, 0])))[1].error,
      (await infer("echo-FP32", x("FP32", [1e39, 0])))[1].error,
      (await infer("echo-BOOL", x("BOOL", ["yes", 0])))[1].error,
    ];
    assert.deepEqual(messages, [
      'Input "x": 256 is not a whole number from 0 to 255',
      'Input "x": 1.5 is not a whole number from -128 to 127',
      'Input "x": 9223372036854776000 is not a whole number from -9223372036854775808 to 9223372036854775807',
      'Input "x": 1e+300 is not a whole number from -9223372036854775808 to 9223372036854775807',
      'Input "x": 1e+39 is not a number of FP32',
      'Input "x": "yes" is not true or false',
    ]);
  });

  it("rejects strings that are not UTF-8, and strings cut short", async () => {
    const rejection = async (bytes: Buffer) => {
      const parameters = { binary_data_size: bytes.length };
      const head = Buffer.from(
        JSON.stringify({ inputs: [{ name: "x", datatype: "BYTES", shape: [1, 2], parameters }] }),
      );
      const { status, body } = await callBytes(Buffer.concat([head, bytes]), head.length, "echo-BYTES");
      return [status, JSON.parse(body.toString()).error];
    };
    assert.deepEqual(await rejection(Buffer.from([1, 0, 0, 0, 0xff, 0, 0, 0, 0])), [
      400,
      'Input "x": ONNX strings are UTF-8, and its binary data hold a string that is not',
    ]);
    assert.deepEqual(await rejection(Buffer.from([255, 255, 255, 255, 65])), [
      400,
      'Input "x": its binary data end within a string',
    ]);
  });

  it("rejects strings with a zero byte, which onnxruntime-node would cut off there", async () => {
    const input = { name: "x", datatype: "BYTES", shape: [1, 2], data: ["a\0b", ""] };
    assert.deepEqual(await infer("echo-BYTES", { inputs: [input] }), [
      400,
      { error: 'Input "x": strings with a zero byte cannot be given to a model' },
    ]);
  });

  it("rejects binary data that do not add up", async () => {
    const describe = (size: number) =>
      Buffer.from(
        JSON.stringify({
          inputs: [{ name: "x", datatype: "FP32", shape: [1, 2], parameters: { binary_data_size: size } }],
        }),
      );
    const rejection = async (head: Buffer, bytes: number, length: number | string = head.length) => {
      const { status, body } = await callBytes(
        Buffer.concat([head, Buffer.alloc(bytes)]),
        length,
        "echo-FP32",
      );
      return [status, JSON.parse(body.toString()).error];
    };
    assert.deepEqual(await rejection(describe(8), 4), [
      400,
      'Input "x": binary_data_size is 8, and 4 bytes are left',
    ]);
    assert.deepEqual(await rejection(describe(8), 12), [
      400,
      "4 bytes follow the tensors that the request describes",
    ]);
    assert.deepEqual(await rejection(describe(4), 4), [
      400,
      'Input "x": 4 bytes of binary data, the shape says 8',
    ]);
    for (const length of ["10000", "0x10", "", "1e1"]) {
      assert.deepEqual(await rejection(describe(8), 8, length), [
        400,
        `Inference-Header-Content-Length is "${length}", the body has ${describe(8).length + 8} bytes`,
      ]);
    }
  });
});
