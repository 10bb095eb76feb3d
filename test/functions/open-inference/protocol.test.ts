import assert from "node:assert/strict";
import { InferenceSession } from "onnxruntime-node";
import type { ModelRepository } from "../../../functions/open-inference/modelRepository";
import { protocol, protocolRefusal } from "../../../functions/open-inference/protocol";
import { NotFound } from "../../../functions/shared/errors";
import { createHandler } from "../../../functions/shared/handler";
import { readOnnx } from "../../../functions/shared/onnx/readOnnx";
import type { OnnxValue } from "../../../functions/shared/onnxProto";
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

/** Models by name and version, all loaded. */
async function repositoryOf(
  models: Readonly<Record<string, Readonly<Record<string, Buffer>>>>,
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
    });
    handler = createHandler({
      name: "open-inference",
      respond: (request) => protocol(request, repository),
      refuse: protocolRefusal,
    });
  });

  const [urlForm, restForm] = HTTP_FORMS as [(typeof HTTP_FORMS)[0], (typeof HTTP_FORMS)[0]];
  const call = (request: HttpRequest) => callHttp(handler, urlForm, "open-inference", request);
  const get = async (path: string) => {
    const { status, body } = await call({ method: "GET", path });
    return [status, JSON.parse(body)];
  };
  const infer = async (model: string, body: unknown, headers: Record<string, string> = {}) => {
    const { status, body: answer } = await call({
      path: `/v2/models/${model}/infer`,
      body: JSON.stringify(body),
      headers,
    });
    return [status, JSON.parse(answer)];
  };

  it("says who it is, that it lives and that it is ready", async () => {
    assert.deepStrictEqual(await get("/v2"), [
      200,
      { name: "paddock", version: "2", extensions: ["binary_tensor_data", "model_repository"] },
    ]);
    assert.deepStrictEqual(await get("/v2/health/live"), [200, { live: true }]);
    assert.deepStrictEqual(await get("/v2/health/ready"), [200, { ready: true }]);
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
    assert.deepStrictEqual(await get("/v2/models/pair"), [200, described]);
    assert.deepStrictEqual(await get("/v2/models/pair/versions/2"), [200, described]);
    assert.deepStrictEqual(await get("/v2/models/pair/versions/2/ready"), [
      200,
      { name: "pair", ready: true },
    ]);
  });

  it("names a model, a version and a path that are not there", async () => {
    assert.deepStrictEqual(await get("/v2/models/horn"), [404, { error: "There is no model horn" }]);
    assert.deepStrictEqual(await get("/v2/models/horn/ready"), [404, { error: "There is no model horn" }]);
    assert.deepStrictEqual(await get("/v2/models/pair/versions/3"), [
      404,
      { error: "The model pair has no version 3; there is 10, 2" },
    ]);
    assert.deepStrictEqual(await get("/v3"), [
      404,
      { error: "No path /v3 here; models are at /v2/models/{name}, see GET /" },
    ]);
  });

  it("lists the repository", async () => {
    const { status, body } = await call({ path: "/v2/repository/index", body: "{}" });
    const pairs = JSON.parse(body).filter(({ name }: { name: string }) => name === "pair");
    assert.deepStrictEqual(
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
    const answer = (await handler({ ...event, path: "//v2/health//live" }, lambdaContext)) as {
      statusCode: number;
    };
    assert.equal(answer.statusCode, 200);
  });

  it("refuses direct invocation, and methods it does not have, in the protocol's form", async () => {
    assert.deepStrictEqual(await handler({ inputs: [] }, lambdaContext), {
      statusCode: 400,
      body: '{"error":"The Open Inference Protocol is HTTP: call the function URL or the REST API"}',
    });
    const { status, headers, body } = await call({ method: "DELETE", path: "/v2/models/pair" });
    assert.deepStrictEqual(
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
        assert.deepStrictEqual(await infer(`echo-${datatype}`, { id: "7", inputs: [{ ...twice, data }] }), [
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
      assert.deepStrictEqual(
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

  const callBytes = async (body: Buffer, headerLength: number, model: string) => {
    const event = urlForm.event("open-inference", {
      path: `/v2/models/${model}/infer`,
      body,
      headers: { "inference-header-content-length": String(headerLength) },
    });
    const answer = (await handler(event, lambdaContext)) as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
      isBase64Encoded: boolean;
    };
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: Buffer.from(answer.body, answer.isBase64Encoded ? "base64" : "utf8"),
    };
  };

  it("takes and gives FP16 as binary data alone", async () => {
    const bytes = Buffer.from(Uint16Array.of(0x3c00, 0xc000).buffer);
    const input = { name: "x", datatype: "FP16", shape: [1, 2] };
    const head = Buffer.from(
      JSON.stringify({
        inputs: [{ ...input, parameters: { binary_data_size: 4 } }],
        parameters: { binary_data_output: true },
      }),
    );
    const { body, headers } = await callBytes(Buffer.concat([head, bytes]), head.length, "echo-FP16");
    assert.deepStrictEqual(body.subarray(Number(headers["inference-header-content-length"])), bytes);
    assert.deepStrictEqual(await infer("echo-FP16", { inputs: [{ ...input, data: [1, 2] }] }), [
      400,
      { error: 'Input "x": FP16 cannot be sent as JSON; send it as binary data' },
    ]);
  });

  it("keeps every digit of 64-bit integers in its answers", async () => {
    const bytes = Buffer.from(BigInt64Array.of(2n ** 62n + 1n, -1n).buffer);
    const head = Buffer.from(
      JSON.stringify({
        inputs: [{ name: "x", datatype: "INT64", shape: [1, 2], parameters: { binary_data_size: 16 } }],
      }),
    );
    const { body } = await callBytes(Buffer.concat([head, bytes]), head.length, "echo-INT64");
    assert.match(body.toString(), /"data":\[4611686018427387905,-1\]/);
  });

  it("runs the version asked for, the highest by default, and gives the outputs asked for", async () => {
    const inputs = [
      { name: "b", datatype: "FP32", shape: [1, 2], data: [1, 2] },
      { name: "a", datatype: "FP32", shape: [1, 2], data: [5, 5] },
    ];
    const [, newest] = await infer("pair", { inputs });
    assert.equal(newest.model_version, "10");
    assert.deepStrictEqual(
      newest.outputs.map(({ name, data }: { name: string; data: number[] }) => [name, data]),
      [
        ["sum", [6, 7]],
        ["difference", [4, 3]],
      ],
    );
    const [, older] = await infer("pair/versions/2", { inputs, outputs: [{ name: "difference" }] });
    assert.deepStrictEqual(
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
    ["a value", { inputs: [{ ...a, data: [1, "2"] }, b] }, 'Input "a": "2" is not a finite number'],
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
    it(`refuses what is not the model's, and says what is: ${what}`, async () => {
      const [status, answer] = await infer("pair", body);
      assert.equal(status, 400);
      if (message) assert.deepStrictEqual(answer, { error: message });
      else assert.match(answer.error, /^The model refuses these inputs: /);
    });
  }

  it("refuses numbers out of their type's range", async () => {
    const x = (datatype: string, data: unknown[]) => ({
      inputs: [{ name: "x", datatype, shape: [1, 2], data }],
    });
    const messages = [
      (await infer("echo-UINT8", x("UINT8", [256, 0])))[1].error,
      (await infer("echo-INT8", x("INT8", [1.5, 0])))[1].error,
      (await infer("echo-INT64", x("INT64", [2 ** 60, 0])))[1].error,
      (await infer("echo-BOOL", x("BOOL", ["yes", 0])))[1].error,
    ];
    assert.deepStrictEqual(messages, [
      'Input "x": 256 is not a whole number from 0 to 255',
      'Input "x": 1.5 is not a whole number from -128 to 127',
      'Input "x": 1152921504606847000 is beyond what JSON numbers carry exactly; send it as binary data',
      'Input "x": "yes" is not true or false',
    ]);
  });

  it("refuses strings that are not UTF-8, and strings cut short", async () => {
    const refusal = async (bytes: Buffer) => {
      const parameters = { binary_data_size: bytes.length };
      const head = Buffer.from(
        JSON.stringify({ inputs: [{ name: "x", datatype: "BYTES", shape: [1, 2], parameters }] }),
      );
      const { status, body } = await callBytes(Buffer.concat([head, bytes]), head.length, "echo-BYTES");
      return [status, JSON.parse(body.toString()).error];
    };
    assert.deepStrictEqual(await refusal(Buffer.from([1, 0, 0, 0, 0xff, 0, 0, 0, 0])), [
      400,
      'Input "x": ONNX strings are UTF-8, and its binary data hold a string that is not',
    ]);
    assert.deepStrictEqual(await refusal(Buffer.from([255, 255, 255, 255, 65])), [
      400,
      'Input "x": its binary data end within a string',
    ]);
  });

  it("refuses strings with a zero byte, which onnxruntime-node would cut off there", async () => {
    const input = { name: "x", datatype: "BYTES", shape: [1, 2], data: ["a\0b", ""] };
    assert.deepStrictEqual(await infer("echo-BYTES", { inputs: [input] }), [
      400,
      { error: 'Input "x": strings with a zero byte cannot be given to a model' },
    ]);
  });

  it("refuses binary data that do not add up", async () => {
    const describe = (size: number) =>
      Buffer.from(
        JSON.stringify({
          inputs: [{ name: "x", datatype: "FP32", shape: [1, 2], parameters: { binary_data_size: size } }],
        }),
      );
    const refusal = async (head: Buffer, bytes: number, length = head.length) => {
      const { status, body } = await callBytes(
        Buffer.concat([head, Buffer.alloc(bytes)]),
        length,
        "echo-FP32",
      );
      return [status, JSON.parse(body.toString()).error];
    };
    assert.deepStrictEqual(await refusal(describe(8), 4), [
      400,
      'Input "x": binary_data_size is 8, and 4 bytes are left',
    ]);
    assert.deepStrictEqual(await refusal(describe(8), 12), [
      400,
      "4 bytes follow the tensors that the request describes",
    ]);
    assert.deepStrictEqual(await refusal(describe(4), 4), [
      400,
      'Input "x": 4 bytes of binary data, the shape says 8',
    ]);
    assert.deepStrictEqual(await refusal(describe(8), 8, 10_000), [
      400,
      `Inference-Header-Content-Length is "10000", the body has ${describe(8).length + 8} bytes`,
    ]);
  });
});
