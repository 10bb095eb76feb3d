import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { InferenceSession } from "onnxruntime-node";
import type { ModelRepository } from "../../../functions/open-inference/modelRepository";
import { protocol, protocolRejection } from "../../../functions/open-inference/protocol";
import { createHandler } from "../../../functions/shared/handler";
import { readOnnx } from "../../../functions/shared/onnx/readOnnx";
import { callHttp, HTTP_FORMS } from "../../helpers/handlers/eventForms";

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly (number | string | boolean)[];
}

/** Some node tests of ONNX's own backend suite; `make.py` beside them writes them. */
const FOLDER = path.resolve(__dirname, "../../fixtures/onnx-backend");
const CASES: Readonly<
  Record<string, { readonly inputs: readonly Tensor[]; readonly outputs: readonly Tensor[] }>
> = JSON.parse(fs.readFileSync(path.join(FOLDER, "cases.json"), "utf8"));

describe("open-inference gives the outputs that ONNX's backend suite expects", () => {
  const models = new Map<string, { session: InferenceSession; bytes: Buffer }>();
  before(async () => {
    for (const name of Object.keys(CASES)) {
      const bytes = fs.readFileSync(path.join(FOLDER, `${name}.onnx`));
      models.set(name, { bytes, session: await InferenceSession.create(bytes, { logSeverityLevel: 4 }) });
    }
  });
  const repository: ModelRepository = {
    index: async () => [],
    versions: async () => ["1"],
    aliases: async () => undefined,
    async use(name, _version, _fields, run) {
      const model = models.get(name);
      assert.ok(model);
      return run(model.session, readOnnx(model.bytes));
    },
  };
  const handler = createHandler({
    name: "open-inference",
    respond: (request) => protocol(request, repository),
    reject: protocolRejection,
  });
  const [form] = HTTP_FORMS;
  assert.ok(form);

  for (const [name, { inputs, outputs }] of Object.entries(CASES)) {
    it(`for ${name}`, async () => {
      const response = await callHttp(handler, form, "open-inference", {
        method: "POST",
        path: `/v2/models/${name}/infer`,
        body: JSON.stringify({ inputs }),
      });
      const answer = JSON.parse(response.body.toString());
      assert.equal(response.status, 200, answer.error);
      assert.deepEqual(
        answer.outputs.map(({ data, ...rest }: Tensor) => ({ ...rest, length: data.length })),
        outputs.map(({ data, ...rest }) => ({ ...rest, length: data.length })),
      );
      for (const [at, { data }] of outputs.entries()) {
        for (const [i, expected] of data.entries()) {
          const actual = answer.outputs[at].data[i];
          // The suite's own tolerances: relative 1e-3, absolute 1e-7.
          if (typeof expected !== "number") assert.equal(actual, expected);
          else assert.ok(Math.abs(actual - expected) <= 1e-7 + 1e-3 * Math.abs(expected), `${i}: ${actual}`);
        }
      }
    });
  }
});
