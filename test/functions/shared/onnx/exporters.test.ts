import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { modelSignature } from "../../../../functions/open-inference/modelSignature";
import { ModelStore } from "../../../../functions/shared/modelStore/modelStore";
import { MemorySource } from "../../../helpers/handlers/memorySource";
import { useTmpdir } from "../../../helpers/process/useTmpdir";

const FIXTURES = path.resolve(__dirname, "../../../fixtures/onnx");
const CAST = "cast it to float32 or int8";
const VALIDATE = "check it with `onnx.checker.check_model(model, full_check=True)`";

/** Files of `test/fixtures/onnx`, and what is said of each. */
const REFUSED: Readonly<Record<string, string>> = {
  newest:
    "It is newer than ONNX Runtime reads (IR version 14, operator set 28; IR versions up to 13): export it with `opset_version=21`, or convert it by `onnx.version_converter.convert_version(model, 21)` and `model.ir_version = 10`",
  "new-opset":
    "It is newer than ONNX Runtime reads (IR version 10, operator set 28; operator sets up to 26): export it with `opset_version=21`, or convert it by `onnx.version_converter.convert_version(model, 21)` and `model.ir_version = 10`",
  "bfloat16-input":
    "It takes or gives BFLOAT16, which clients cannot send: cast its inputs and outputs to float32",
  "bfloat16-output":
    "It takes or gives BFLOAT16, which clients cannot send: cast its inputs and outputs to float32",
  complex:
    "It takes or gives a data type that the Open Inference Protocol does not have: cast its inputs and outputs to float32",
  "int4-output": `Its output "y" is of int4, which the Open Inference Protocol does not have: ${CAST}`,
  "sequence-output":
    'Its output "y" is a sequence, not a tensor: end the graph with ConcatFromSequence, or begin it with SplitToSequence',
  "sequence-input":
    'Its input "x" is a sequence, not a tensor: end the graph with ConcatFromSequence, or begin it with SplitToSequence',
  "optional-output":
    'Its output "y" is an optional value, not a tensor: end the graph with OptionalGetElement, or begin it with a tensor',
  zipmap:
    'Its output "probabilities" is a sequence of maps, not a tensor: push it with `npm run model -- push`, which cuts its ZipMap away, or convert it with `zipmap=False`',
  "custom-operator":
    "It has the custom operator acme:Foo, which ONNX Runtime does not have: export it with ONNX's own operators",
  "unknown-operator":
    "Its operator Foo is none of ONNX's operator set 17: export it again with a higher `opset_version`",
  "no-kernel":
    "ONNX Runtime has no Relu for the data type that the model gives it: export the model in float32 (scikit-learn: `FloatTensorType`)",
  "types-differ": `Two of its operators do not agree on a data type: ${VALIDATE}`,
  "no-such-input": `Its graph is not valid: ${VALIDATE}`,
  locale:
    'Its StringNormalizer asks for the locale de_AT.UTF-8, which Lambda does not have: push it with `npm run model -- push`, which replaces the locale, or train the vectorizer and convert it with `locale="C"`',
  "default-locale":
    'Its StringNormalizer asks for the locale en_US.UTF-8, which Lambda does not have: push it with `npm run model -- push`, which replaces the locale, or train the vectorizer and convert it with `locale="C"`',
  exponential: "Its functions come to more than 50000 nodes: export it without them",
  "external/model":
    'Its weights lie in "model.onnx.data", which is not beside it: upload that file too, or save the model in one file, with `save_as_external_data=False` (PyTorch: `external_data=False`)',
};

const SERVED = ["expand", "label-first", "no-shape", "scalar"];

describe("Models as exporters leave them", () => {
  const tmpdir = useTmpdir();
  // A developer's machine may have the locales that Lambda lacks.
  const hasLocale = (locale: string) => fs.existsSync(`/usr/lib/locale/${locale}`);

  const load = async (name: string) => {
    const source = new MemorySource();
    source.put(name, fs.readFileSync(path.join(FIXTURES, `${name}.onnx`)));
    const store = new ModelStore({ source, maxBytes: 1024 * 1024, checkSeconds: 60 });
    return store.use(name, {}, async (session, { facts }) => modelSignature(session, facts()));
  };

  it("are the fixtures, each with a line here", () => {
    const files = fs.readdirSync(FIXTURES, { recursive: true, encoding: "utf8" });
    const names = files.filter((file) => file.endsWith(".onnx")).map((file) => file.slice(0, -5));
    assert.deepEqual([...Object.keys(REFUSED), ...SERVED].sort(), names.sort());
  });

  for (const [name, reason] of Object.entries(REFUSED)) {
    it(`are rejected with the reason and the cure: ${name}`, async function () {
      if (/locale/.test(name) && (hasLocale("de_AT.utf8") || hasLocale("en_US.utf8"))) this.skip();
      await assert.rejects(load(name), {
        status: 422,
        message: `The model ${name} cannot be served. ${reason}`,
      });
      assert.deepEqual(fs.readdirSync(tmpdir.folder), []);
    });
  }

  for (const name of SERVED) {
    it(`are served: ${name}`, async () => {
      const { inputs, outputs } = await load(name);
      assert.ok(inputs.length > 0 && outputs.length > 0);
    });
  }

  it("are distinguished by whether they declare a shape at all", async () => {
    const shapes = async (name: string) => (await load(name)).inputs.map(({ shape }) => shape);
    assert.deepEqual([await shapes("no-shape"), await shapes("scalar")], [[undefined], [[]]]);
  });

  it("are rejected without a word of ONNX Runtime's source", () => {
    for (const reason of Object.values(REFUSED)) assert.doesNotMatch(reason, /::|\.cc|onnxruntime_src/);
  });
});
