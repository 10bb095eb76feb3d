import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { Tensor } from "onnxruntime-node";
import { linearLearnerToOnnx } from "../../../../functions/shared/linearLearner/linearLearnerToOnnx";
import { BrokenModel } from "../../../../functions/shared/modelStore/brokenModel";
import { readArchive } from "../../../../functions/shared/modelStore/readArchive";
import { createSession } from "../../../../functions/shared/session";
import { writeNdArrays } from "./writeNdArrays";

const FIXTURES = path.resolve(__dirname, "../../../fixtures/linear-learner");

async function run(model: string | Uint8Array, rows: readonly (readonly number[])[]): Promise<number[]> {
  const session = await createSession(model);
  const data = new Tensor("float32", Float32Array.from(rows.flat()), [rows.length, rows[0]?.length ?? 0]);
  const { score } = await session.run({ data });
  await session.release();
  return Array.from(score?.data as Float32Array);
}

/** `data · weight + bias` and an output operator, as Linear Learner writes it; `linear` replaces the nodes before. */
function symbol({
  output = "LinearRegressionOutput",
  linear = DOT,
}: {
  output?: string;
  linear?: object[];
} = {}) {
  const nodes = [
    ...linear,
    { op: "null", name: "out_label", inputs: [] },
    {
      op: output,
      name: "out",
      inputs: [
        [linear.length - 1, 0, 0],
        [linear.length, 0, 0],
      ],
    },
  ];
  return Buffer.from(JSON.stringify({ nodes, heads: [[nodes.length - 1, 0, 0]] }));
}
const variable = (name: string) => ({ op: "null", name, inputs: [] });
const DOT = [
  variable("data"),
  variable("fc0_weight"),
  {
    op: "dot",
    name: "dot32",
    inputs: [
      [0, 0, 0],
      [1, 0, 0],
    ],
  },
  variable("fc0_bias"),
  {
    op: "broadcast_add",
    name: "broadcast_plus57",
    inputs: [
      [2, 0, 0],
      [3, 0, 0],
    ],
  },
];
const FULLY_CONNECTED = [
  variable("data"),
  variable("fc0_weight"),
  variable("fc0_bias"),
  {
    op: "FullyConnected",
    name: "fc0",
    inputs: [
      [0, 0, 0],
      [1, 0, 0],
      [2, 0, 0],
    ],
  },
];
const BIAS = { shape: [1, 2], data: [10, 20] };
const PARAMS = writeNdArrays({
  "arg:fc0_weight": { shape: [3, 2], data: [1, 2, 3, 4, 5, 6] },
  "arg:fc0_bias": BIAS,
});

describe("linearLearnerToOnnx", () => {
  for (const kind of ["binary", "multiclass", "regressor"]) {
    it(`answers as MXNet does, to 1e-6: ${kind}`, async () => {
      const folder = path.join(FIXTURES, kind);
      const { inputs, outputs } = JSON.parse(fs.readFileSync(path.join(folder, "samples.json"), "utf8"));
      const { model } = await readArchive(fs.createReadStream(path.join(folder, "model.tar.gz")), 2 ** 20);
      const responses = await run(model, inputs);
      const expected: number[] = outputs.flat();
      assert.equal(responses.length, expected.length);
      const worst = Math.max(...expected.map((value, i) => Math.abs(value - (responses[i] ?? Number.NaN))));
      assert.ok(worst <= 1e-6, `an answer is off by ${worst}`);
    });
  }

  it("takes a weight as dot has it, (features, outputs)", async () => {
    const model = linearLearnerToOnnx(symbol(), PARAMS);
    assert.deepEqual(
      await run(model, [
        [1, 1, 1],
        [0, 0, 2],
      ]),
      [19, 32, 20, 32],
    );
  });

  it("takes a weight as FullyConnected has it, (outputs, features)", async () => {
    const params = writeNdArrays({
      "arg:fc0_weight": { shape: [2, 3], data: [1, 3, 5, 2, 4, 6] },
      "arg:fc0_bias": { shape: [2], data: [10, 20] },
    });
    const model = linearLearnerToOnnx(symbol({ linear: FULLY_CONNECTED }), params);
    assert.deepEqual(
      await run(model, [
        [1, 1, 1],
        [0, 0, 2],
      ]),
      [19, 32, 20, 32],
    );
  });

  it("does without a bias where the graph has none", async () => {
    const model = linearLearnerToOnnx(symbol({ linear: DOT.slice(0, 3) }), PARAMS);
    assert.deepEqual(await run(model, [[1, 1, 1]]), [9, 12]);
  });

  it("names what a graph has that a linear model has not", () => {
    const failure = (parts: Parameters<typeof symbol>[0], params = PARAMS) => {
      try {
        return linearLearnerToOnnx(symbol(parts), params);
      } catch (error) {
        assert.ok(error instanceof BrokenModel);
        return error.message;
      }
    };
    assert.equal(
      failure({ output: "MAERegressionOutput" }),
      "mx-mod-symbol.json has the operator MAERegressionOutput; a linear model has LogisticRegressionOutput, SoftmaxOutput, LinearRegressionOutput",
    );
    assert.equal(
      failure({ linear: [...DOT.slice(0, 2), { op: "Convolution", name: "c", inputs: [[0, 0, 0]] }] }),
      "mx-mod-symbol.json has the operator Convolution; a linear model has dot, broadcast_add, FullyConnected",
    );
    assert.equal(
      failure({
        linear: [
          {
            op: "broadcast_add",
            name: "loop",
            inputs: [
              [0, 0, 0],
              [0, 0, 0],
            ],
          },
        ],
      }),
      "mx-mod-symbol.json has the operator broadcast_add; a linear model has dot, broadcast_add, FullyConnected",
    );
    assert.equal(
      failure({
        linear: [
          {
            op: "dot",
            name: "dot",
            inputs: [
              [0, 0, 0],
              [9, 0, 0],
            ],
          },
        ],
      }),
      "mx-mod-symbol.json names a node that is not there",
    );
    assert.equal(
      failure({}, writeNdArrays({ "arg:fc0_bias": BIAS })),
      "The params file has no fc0_weight, which the graph asks for",
    );
    assert.equal(
      failure({}, writeNdArrays({ "arg:fc0_weight": BIAS, "arg:fc0_bias": { shape: [1], data: [1] } })),
      "fc0_bias has 1 elements, fc0_weight [1,2] asks for 2",
    );
    assert.equal(
      failure({}, writeNdArrays({ "arg:fc0_weight": { shape: [2], data: [1, 2] }, "arg:fc0_bias": BIAS })),
      "fc0_weight has the shape [2]; a linear model's weight has 2 axes",
    );
  });

  it("rejects a symbol that is not a graph", () => {
    for (const text of [
      "",
      "null",
      "[]",
      "{}",
      '{"nodes": [], "heads": [[0, 0, 0]]}',
      '{"nodes": [1], "heads": [[0]]}',
    ]) {
      assert.throws(() => linearLearnerToOnnx(Buffer.from(text), PARAMS), BrokenModel, text);
    }
  });
});
