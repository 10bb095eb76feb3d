import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { LocalCloud } from "@paddock/local/cli";
import { pythonClients } from "../../helpers/clients/installClients";
import { startProject } from "../../helpers/cloud/startProject";
import { recordingProxy } from "../../helpers/http/recordingProxy";
import { tritonModels } from "../../helpers/models/tritonModels";
import { describeWith } from "../../helpers/process/describeWith";
import { modelBucketClient } from "../../helpers/services/modelBucketClient";

const RECORDED = path.resolve(__dirname, "../../fixtures/open-inference/recorded.json");
const run = promisify(execFile);

const PAIR = {
  name: "pair",
  versions: ["2", "10"],
  platform: "onnxruntime_onnx",
  inputs: ["a", "b"].map((name) => ({ name, datatype: "FP32", shape: [-1, 2] })),
  outputs: ["sum", "difference"].map((name) => ({ name, datatype: "FP32", shape: [-1, 2] })),
};
const SUM = [
  [6, 7],
  [4, 6],
];
const DIFFERENCE = [
  [4, 3],
  [-2, -2],
];
const answered = (outputs: object, version = "10", id: string | null = null) => ({
  model: "pair",
  version,
  id,
  outputs,
});
const rejected = (status: string, message: string) => ({ status, message });

/** numpy's word for each data type. */
const NUMPY = {
  BOOL: "bool",
  INT8: "int8",
  INT16: "int16",
  INT32: "int32",
  INT64: "int64",
  UINT8: "uint8",
  UINT16: "uint16",
  UINT32: "uint32",
  UINT64: "uint64",
  FP16: "float16",
  FP32: "float32",
  FP64: "float64",
  BYTES: "object",
};
const echoed = ({ but }: { but?: string } = {}) =>
  Object.fromEntries(
    Object.entries(NUMPY)
      .filter(([datatype]) => datatype !== but)
      .map(([datatype, type]) => [datatype, { shape: [2, 2], type, same: true }]),
  );

/** Gives what the client makes of the responses, by the names that `tritonClient.py` gives them. */
const EXPECTED: readonly [behaviour: string, results: Readonly<Record<string, unknown>>][] = [
  [
    "finds the server live and ready, and reads what it says of itself",
    {
      live: true,
      ready: true,
      server: {
        name: "paddock",
        version: "2",
        extensions: ["binary_tensor_data", "model_repository", "model_configuration", "statistics"],
      },
    },
  ],
  [
    "tells models and versions that are ready from those that are not there",
    { modelReady: true, versionReady: true, noVersionReady: false, noModelReady: false },
  ],
  ["reads what a model and a version take and give", { model: PAIR, version: PAIR }],
  [
    "lists the repository",
    {
      index: [
        { name: "echo-FP16", version: "1", state: "READY" },
        { name: "pair", version: "10", state: "READY" },
        { name: "pair", version: "2", state: "READY" },
      ],
    },
  ],
  ["gets back each data type that it sent as JSON", { json: echoed({ but: "FP16" }) }],
  ["gets back each data type that it sent as binary data", { binary: echoed() }],
  [
    "gets all outputs of the newest version, under its request's id",
    { allOutputs: answered({ sum: SUM, difference: DIFFERENCE }, "10", "ride 7") },
  ],
  [
    "gets the output that it asks for, of the version that it asks for",
    { requestedOutput: answered({ difference: DIFFERENCE }, "2") },
  ],
  [
    "mixes JSON and binary data in one request and one answer",
    { mixed: answered({ difference: DIFFERENCE, sum: SUM }) },
  ],
  ["gets an answer asked for in the background", { later: answered({ sum: SUM, difference: DIFFERENCE }) }],
  [
    "sends batches of a thousand rows and of none",
    { batch: true, noRows: answered({ sum: [], difference: [] }) },
  ],
  [
    "reads in the rejection of a wrong tensor what the model expects",
    {
      wrongShape: rejected("400", 'Input "x" is FP32 [2,3], the model expects FP32 [-1,2]'),
      wrongDatatype: rejected("400", 'Input "x" is INT32 [1,2], the model expects FP32 [-1,2]'),
      wrongName: rejected("400", 'There is no input "z"; the model expects "x" FP32 [-1,2]'),
      missingInput: rejected(
        "400",
        'Input "b" is missing; the model expects "a" FP32 [-1,2], "b" FP32 [-1,2]',
      ),
      wrongOutput: rejected("400", 'There is no output "z"; the model gives y'),
      fp16AsJson: rejected("400", 'Input "x": FP16 cannot be sent as JSON; send it as binary data'),
      notUtf8: rejected(
        "400",
        'Input "x": ONNX strings are UTF-8, and its binary data hold a string that is not',
      ),
      zeroByte: rejected("400", 'Input "x": strings with a zero byte cannot be given to a model'),
    },
  ],
  [
    "reads which model or version is not there",
    {
      noModel: rejected("404", "There is no model horn"),
      noVersion: rejected("404", "The model pair has no version 3; there is 10, 2"),
    },
  ],
];

describeWith("python", "tritonclient against open-inference", function () {
  this.timeout(900_000);
  const results: Record<string, Record<string, unknown>> = {};
  let cloud: LocalCloud;

  before(async () => {
    const python = path.join(pythonClients(), "python");
    cloud = await startProject();
    const { client, bucket } = modelBucketClient(cloud);
    for (const [Key, Body] of tritonModels()) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    }
    client.destroy();

    const call = async (address: string) => {
      const { stdout } = await run(python, [path.join(__dirname, "tritonClient.py"), address]);
      return JSON.parse(stdout);
    };
    const proxy = await recordingProxy(String(cloud.outputs.openInferenceUrl));
    results["function URL"] = await call(proxy.host);
    // How test/fixtures/open-inference/recorded.json is made.
    if (process.env.PADDOCK_RECORD)
      fs.writeFileSync(RECORDED, `${JSON.stringify(proxy.exchanges, null, 2)}\n`);
    results["REST API"] = await call(String(cloud.outputs.apiUrl).replace("http://", ""));
  });
  after(() => cloud?.close());

  for (const way of ["function URL", "REST API"]) {
    for (const [behaviour, expected] of EXPECTED) {
      it(`${behaviour}, over the ${way}`, () => {
        const { [way]: result = {} } = results;
        assert.deepEqual(
          Object.fromEntries(Object.keys(expected).map((name) => [name, result[name]])),
          expected,
        );
      });
    }
    it(`checks every result that it gives, over the ${way}`, () => {
      assert.deepEqual(
        Object.keys(results[way] ?? {}).sort(),
        EXPECTED.flatMap(([, expected]) => Object.keys(expected)).sort(),
      );
    });
  }
});
