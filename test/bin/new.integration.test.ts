import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { Source } from "../../bin/lib/newEndpoint/endpointFiles";
import { newEndpoint } from "../../bin/lib/newEndpoint/newEndpoint";
import type { Card } from "../../functions/shared/card";
import { encodeOnnxModel, type OnnxValue } from "../../functions/shared/onnxProto";
import { freePorts } from "../helpers/cloud/freePorts";
import { runCommand } from "../helpers/process/runCommand";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { ProjectCopy } from "../helpers/program/projectCopy";
import { eventually } from "../helpers/time/eventually";

const ROOT = path.resolve(__dirname, "../..");
const FIXTURES = path.join(ROOT, "test/fixtures");

/** A program of one endpoint and one with a path of its own, and what generated tests and their format need. */
function projectCopy(): string {
  const { folder } = new ProjectCopy().keepEndpoints("iris", "open-inference");
  const biome = fs.readFileSync(path.join(ROOT, "biome.json"), "utf8");
  const plugins = [...biome.matchAll(/"(\S+\.grit)"/g)].map(([, file = ""]) => file);
  for (const file of [".mocharc.json", "biome.json", ...plugins])
    fs.cpSync(path.join(ROOT, file), path.join(folder, file));
  for (const name of ["test/helpers", "test/functions/descriptions.test.ts"])
    fs.cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  return folder;
}

/** A model that gives its inputs back. */
function echo(...inputs: OnnxValue[]): Buffer {
  const outputs = inputs.map(({ name, ...rest }) => ({ name: `${name}_out`, ...rest }));
  const nodes = inputs.map(({ name }) => ({ op: "Identity", inputs: [name], outputs: [`${name}_out`] }));
  return encodeOnnxModel({ name: "echo", inputs, outputs, nodes });
}

const EVERY_TYPE = echo(
  { name: "a b", type: "FLOAT", shape: ["N", 1] },
  { name: "double", type: "DOUBLE", shape: ["N"] },
  { name: "int32", type: "INT32", shape: [1, "T"] },
  { name: "int64", type: "INT64", shape: ["N", 2, 2] },
  { name: "uint8", type: "UINT8", shape: [2, 3] },
  { name: "flag", type: "BOOL", shape: [] },
  { name: "text", type: "STRING", shape: ["N", 2] },
);

describe("npm run new", () => {
  const root = projectCopy();
  const models = temporaryFolder();
  const file = (name: string, content: Uint8Array | string) => {
    fs.writeFileSync(path.join(models, name), content);
    return path.join(models, name);
  };

  type Made = readonly [name: string, source: Source, model: () => string | undefined];
  /** Each that is made beside a running `npm start` has the program evaluated once more. */
  const MADE_BEFORE: readonly Made[] = [
    ["wine", "bundle", () => path.join(FIXTURES, "skl2onnx/forest-names.onnx")],
    ["wine-price-in-euro-by-year", "s3", () => path.join(FIXTURES, "trees/xgboost-3.2.0/binary.ubj")],
    ["wine-large", "volume", () => path.join(FIXTURES, "onnx/external/model.onnx")],
  ];
  const MADE_BESIDE: readonly Made[] = [
    ["every-type", "bundle", () => file("every.onnx", EVERY_TYPE)],
    ["wine-idea", "s3", () => undefined],
  ];

  const sampleOf = (name: string) => {
    const card = fs.readFileSync(path.join(root, "functions", name, "model/card.json"), "utf8");
    return (JSON.parse(card) as Card).samples[0];
  };

  describe("beside a running npm start", () => {
    let apiUrl: string;
    let log: () => string;

    const make = async (name: string, source: Source, model: string | undefined) => {
      const args = [name, "--source", source, ...(model === undefined ? [] : ["--model", model])];
      const command = runCommand("bin/new.ts", args, root);
      assert.equal(await command.exit, 0, command.output());
      assert.ok(command.output().includes(String(sampleOf(name).answer.body)), command.output());
      return command.output();
    };
    before(async () => {
      for (const [name, source, model] of MADE_BEFORE)
        await newEndpoint({ root, name, source, model: model(), sample: undefined });
      const command = runCommand("local/cli/start.ts", ["--port", String(await freePorts())], root);
      log = command.output;
      const [, url] = await command.printed(/apiUrl +(\S+)[\s\S]*Serving the stack "dev"/);
      apiUrl = String(url);
      after(async () => {
        command.process.kill("SIGINT");
        await command.exit;
      });
    });

    it("makes an endpoint for each source, and all are served: they answer their cards' samples", async () => {
      for (const [name, source, model] of MADE_BESIDE) {
        const printed = await make(name, source, model());
        const { request } = sampleOf(name);
        assert.ok(printed.includes(`curl -d '${JSON.stringify(request)}' ${apiUrl}/${name}`), printed);
      }
      for (const [name] of [...MADE_BEFORE, ...MADE_BESIDE]) {
        const { request, answer } = sampleOf(name);
        const ask = async () => {
          const response = await fetch(`${apiUrl}/${name}`, {
            method: "POST",
            body: JSON.stringify(request),
          });
          return { status: response.status, body: await response.text() };
        };
        // The gateway knows no such path until the program was evaluated again.
        await eventually(async () => assert.notEqual((await ask()).status, 403, log()));
        assert.deepEqual(await ask(), answer, log());
      }
    });
  });

  describe("writes", () => {
    it("npm run new writes tests that pass, and what those of all endpoints ask for", async () => {
      const mocha = require.resolve("mocha/bin/mocha.js");
      const command = runCommand(
        path.relative(ROOT, mocha),
        ["test/functions/*.test.ts", "--grep", "^(wine|every)|field: (wine|every)"],
        root,
      );
      assert.equal(await command.exit, 0, command.output());
      assert.match(command.output(), /15 passing/);
    });

    it("npm run new writes what the compiler and the formatter have nothing to say of", async () => {
      const written = ["wine", "wine-price-in-euro-by-year", "wine-large", "every-type", "wine-idea"];
      const tests = ["wine", "winePriceInEuroByYear", "wineLarge", "everyType", "wineIdea"];
      const files = [
        ...written.map((name) => path.join(root, "functions", name, "index.ts")),
        ...tests.map((name) => path.join(root, `test/functions/${name}.test.ts`)),
      ];
      const { config } = ts.readConfigFile(path.join(ROOT, "tsconfig.json"), ts.sys.readFile);
      const { options } = ts.convertCompilerOptionsFromJson(
        { ...config.compilerOptions, incremental: false, tsBuildInfoFile: undefined },
        root,
      );
      const program = ts.createProgram(files, options);
      const own = [...written.map((name) => path.join(root, "functions", name) + path.sep), ...files];
      const sources = program
        .getSourceFiles()
        .filter(({ fileName }) => own.some((start) => path.resolve(fileName).startsWith(start)));
      // Each endpoint's handler, the three files and the card that it imports, and its test.
      assert.equal(sources.length, 6 * written.length);
      const diagnostics = sources.flatMap((source) => ts.getPreEmitDiagnostics(program, source));
      assert.deepEqual(
        diagnostics.map(({ messageText }) => messageText),
        [],
      );
      const biome = require.resolve("@biomejs/biome/bin/biome");
      const folders = [...written.map((name) => `functions/${name}`), "test/functions", "index.ts"];
      const format = runCommand(
        path.relative(ROOT, biome),
        ["format", "--vcs-enabled=false", ...folders],
        root,
      );
      assert.equal(await format.exit, 0, format.output());
    });
  });

  it("asks the model for the response to a sample that is given", async () => {
    const sample = '{"X": [2, 4, 6, 8]}';
    const command = runCommand("bin/new.ts", ["mean", "--sample", file("sample.json", sample)], root);
    assert.equal(await command.exit, 0, command.output());
    assert.match(command.output(), /-d '\{"X":\[2,4,6,8\]\}'.*\n {2}\{"score":5\}/);
  });

  describe("rejects in one line", () => {
    const OF_UINT16 = echo({ name: "x", type: "UINT16", shape: ["N", 2] });
    const rejected: [
      string,
      { name?: string; model?: () => string; sample?: Record<string, unknown> },
      string,
    ][] = [
      [
        "a name that an endpoint has",
        { name: "iris" },
        'The name "iris" is taken, by a folder in functions/, a test or a path of the API: choose another.',
      ],
      [
        "a name that a path of the API has",
        { name: "v2" },
        'The name "v2" is taken, by a folder in functions/, a test or a path of the API: choose another.',
      ],
      [
        "a name whose output the stack has",
        { name: "api" },
        'The name "api" is taken, by a folder in functions/, a test or a path of the API: choose another.',
      ],
      [
        "a name that is none",
        { name: "../Wine" },
        'An endpoint\'s name has up to 40 lower-case letters, digits and single hyphens, as in `wine-quality`; it is "../Wine".',
      ],
      ["a file that is not there", { model: () => "none.onnx" }, "There is no file none.onnx."],
      [
        "a file that is not a model",
        { model: () => file("notes.onnx", "remember the milk") },
        "notes.onnx cannot be served. …",
      ],
      [
        "a model whose input no JSON carries",
        { model: () => file("uint16.onnx", OF_UINT16) },
        'The model\'s input "x" is UINT16, which no endpoint reads from JSON: cast it to FP32 or INT64, or serve it by open-inference, with `npm run model -- push NAME FILE`.',
      ],
      [
        "a model whose rows are large",
        { model: () => file("large.onnx", echo({ name: "x", type: "FLOAT", shape: ["N", 3, 224, 224] })) },
        "A row of the model's inputs has 150528 values, more than the 1000 that a request in JSON is for: serve it by open-inference, with `npm run model -- push NAME FILE`.",
      ],
      [
        "a model without shapes",
        { model: () => path.join(FIXTURES, "onnx/no-shape.onnx") },
        'The model\'s input "x" declares no shape: export it with one, or serve it by open-inference, with `npm run model -- push NAME FILE`.',
      ],
      [
        "a model that gives no tensors",
        { model: () => path.join(FIXTURES, "onnx/sequence-output.onnx") },
        "sequence-output.onnx cannot be served. …",
      ],
      [
        "a sample of other fields",
        { sample: { Y: 1 } },
        'The model has no answer to the sample {"Y":1} (X is required): give one that it answers by `--sample`.',
      ],
    ];
    for (const [what, { name = "other", model, sample }, message] of rejected) {
      it(what, async () => {
        const before = fs.readFileSync(path.join(root, "index.ts"), "utf8");
        await assert.rejects(
          newEndpoint({ root, name, model: model?.(), source: "bundle", sample }),
          (error: Error) => {
            assert.doesNotMatch(error.message, /\n/);
            const [start = "", end] = message.split("…");
            if (end === undefined) assert.equal(error.message, message);
            else assert.ok(error.message.startsWith(start), error.message);
            return true;
          },
        );
        assert.equal(fs.readFileSync(path.join(root, "index.ts"), "utf8"), before);
        assert.ok(
          !fs.existsSync(path.join(root, "functions/other")) &&
            !fs.existsSync(path.join(root, "functions/.other")),
        );
        assert.ok(!fs.existsSync(path.join(root, "test/functions/other.test.ts")));
      });
    }
  });
});
