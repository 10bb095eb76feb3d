import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { removeRunningCloud, writeRunningCloud } from "@paddock/local/running";
import { mendOnnx } from "../../bin/lib/mendOnnx";
import { modelCommand } from "../../bin/lib/modelCommand";
import { encodeOnnxModel } from "../../functions/shared/onnxProto";
import { packTarGz } from "../helpers/models/packTarGz";
import { scaleModel } from "../helpers/models/scaleModel";
import { callCommand } from "../helpers/process/callCommand";
import { runCommand } from "../helpers/process/runCommand";
import { temporaryFolder } from "../helpers/process/temporaryFolder";
import { LocalS3, rootKey } from "../helpers/services/localS3";

const ROOT = path.resolve(__dirname, "../..");
const ARABIAN = path.join(ROOT, "functions/pricing/model/breeds/arabian/model.tar.gz");
const LINEAR_LEARNER = path.join(ROOT, "test/fixtures/linear-learner/binary/model.tar.gz");

const TREES = path.join(ROOT, "test/fixtures/trees");
const ONNX = path.join(ROOT, "test/fixtures/onnx");
const LIMITS = { "open-inference": 20 * 1024 * 1024, pricing: 20 * 1024 * 1024 };
const MLFLOW = path.join(ROOT, "test/fixtures/mlflow");

/** Its weights lie beside it, where nothing is in the bucket. */
const externalModel = encodeOnnxModel({
  name: "external",
  nodes: [{ op: "Add", inputs: ["x", "w"], outputs: ["y"] }],
  inputs: [{ name: "x", type: "FLOAT", shape: [1] }],
  outputs: [{ name: "y", type: "FLOAT", shape: [1] }],
  initializers: [{ name: "w", type: "FLOAT", dims: [1], external: { location: "weights.bin" } }],
});

describe("npm run model", () => {
  let s3: LocalS3;
  let folder: string;

  /** Exit code and all that is printed. Names of files are those of the suite's folder. */
  async function model(...args: string[]) {
    const words = args.map((word) => (isWritten(word) ? path.join(folder, word) : word));
    const { exit, output: printed } = await callCommand(modelCommand, [...words, "--data", folder]);
    const all = printed.replaceAll(`${folder}/`, "");
    // What follows the object's address.
    const output = all.replace(/^.* (is served by the next request|is there;)[\s\S]*/m, "");
    return { exit, output, all };
  }
  const isWritten = (word: string) => /^[\w-]+\.[\w.]+$/.test(word) && fs.existsSync(path.join(folder, word));
  const write = (name: string, content: Uint8Array) => fs.writeFileSync(path.join(folder, name), content);

  /** MLflow's folder of another flavor, or with an input example of so many columns. */
  function mlflow(flavor: string, columns: number): string {
    const copy = path.join(temporaryFolder(), "model");
    fs.cpSync(path.join(MLFLOW, "xgboost"), copy, { recursive: true });
    const mlmodel = fs.readFileSync(path.join(copy, "MLmodel"), "utf8");
    fs.writeFileSync(
      path.join(copy, "MLmodel"),
      mlmodel
        .replace(/^ {2}python_function:[\s\S]*?(?=^ {2}xgboost)/m, "")
        .replace("  xgboost:", `  ${flavor}:`),
    );
    fs.writeFileSync(path.join(copy, "input_example.json"), JSON.stringify([Array(columns).fill(0.5)]));
    return copy;
  }

  /** Packs a folder's files below a folder of the archive. */
  const packFolder = (from: string) =>
    packTarGz(
      ...fs
        .readdirSync(from)
        .map((name) => ({ name: `./model/${name}`, content: fs.readFileSync(path.join(from, name)) })),
    );

  before(async () => {
    folder = temporaryFolder();
    s3 = await LocalS3.start();
    fs.mkdirSync(path.join(folder, "iam"));
    const key = { accessKeyId: "ROOT", secretAccessKey: rootKey.secretAccessKey };
    fs.writeFileSync(path.join(folder, "iam", "root.json"), JSON.stringify(key));
    writeRunningCloud(folder, {
      outputs: {
        modelBucket: "bucket",
        s3Endpoint: s3.endpoint,
        modelLimits: LIMITS,
        openInferenceUrl: "http://127.0.0.1:4113/",
        pricingUrl: "http://127.0.0.1:4114/",
        // What stands before the body signs in production.
        examples: {
          pricing: "curl --user x -d '{}' http://127.0.0.1:4114/",
          "open-inference": "curl -d '{}' http://127.0.0.1:4113/v2",
        },
      },
      region: "eu-central-1",
    });
  });
  after(() => s3.stop());

  it("changes which versions answer, undoes it, and says who did what", async () => {
    for (const version of ["1", "2", "3"]) {
      const Key = `models/aliased/${version}/model.onnx`;
      await s3.client().send(new PutObjectCommand({ Bucket: "bucket", Key, Body: scaleModel(2) }));
    }
    const steps: [string[], string][] = [
      [["alias", "aliased", "live=1", "canary=2:10%", "shadow=3"], "live=1 canary=2:10% shadow=3"],
      [["promote", "aliased"], "live=2 shadow=3"],
      [["rollback", "aliased"], "live=1 shadow=3"],
    ];
    for (const [words, output] of steps) {
      const { exit, output: printed } = await model(...words);
      assert.deepEqual([exit, printed], [0, `${output}\n`]);
    }
    const stored = JSON.parse(String(await s3.service.readObject("bucket", "models/aliased/aliases.json")));
    assert.equal(stored.live, "1");
    assert.match((await model("list")).all, /^shadow +model +aliased +3 /m);
    const { output } = await model("history", "aliased");
    const changes = output
      .trim()
      .split("\n")
      .map((line) => line.split("\t"));
    assert.deepEqual(
      changes.map(([, , what]) => what),
      steps.map(([, what]) => what),
    );
    assert.ok(changes.every(([at, by]) => Date.parse(at ?? "") > 0 && /.@./.test(by ?? "")));
    const rejected = await model("alias", "aliased", "live=9");
    assert.equal(rejected.exit, 1);
    assert.match(rejected.all, /has no version 9; it has 1, 2, 3/);
    const Key = "models/aliased/aliases.json";
    await s3.client().send(new PutObjectCommand({ Bucket: "bucket", Key, Body: '{"live":' }));
    assert.match((await model("promote", "aliased")).all, /cannot be followed: .*alias aliased live=VERSION/);
    const listed = (await model("list")).all;
    assert.deepEqual(listed.match(/^\? +model +aliased +\d/gm)?.length, 3, listed);
    assert.match(
      listed,
      /^The aliases of aliased cannot be followed: .+\. `npm run model -- alias aliased live=VERSION` writes them anew\.$/m,
    );
    assert.equal((await model("alias", "aliased", "live=1")).output, "live=1\n");
    await model("rm", "aliased");
    await assert.rejects(s3.service.readObject("bucket", "models/aliased/aliases.json"));
  });

  it("counts versions that are times of up to 18 digits exactly", async () => {
    write("scale.onnx", scaleModel(2));
    const [first, second] = ["202611281036501238", "202611281036501239"];
    await model("push", "times", "scale.onnx", "--version", first);
    const { output } = await model("push", "times", "scale.onnx");
    assert.equal(output, `s3://bucket/models/times/${second}/model.onnx\n`);
    await model("rm", "times", "--version", second);
    assert.match((await model("list")).output, new RegExp(` times +${first} `));
    await model("rm", "times");
  });

  it("pushes a model as its next version, or as the one that is asked for", async () => {
    write("scale.onnx", scaleModel(2));
    const pushed = (version: number) => ({
      exit: 0,
      output: `s3://bucket/models/scale/${version}/model.onnx\n`,
    });
    const push = async (...options: string[]) => {
      const { exit, output } = await model("push", "scale", "scale.onnx", ...options);
      return { exit, output };
    };
    assert.deepEqual(await push(), pushed(1));
    assert.deepEqual(await push("--version", "9"), pushed(9));
    assert.deepEqual(await push(), pushed(10));
    assert.deepEqual(await push("--version", "9"), {
      exit: 1,
      output:
        "scale has a version 9 already: --replace replaces it, and without --version the model becomes the next one.\n",
    });
    assert.deepEqual(await push("--version", "9", "--replace"), pushed(9));
    const stored = await s3.service.readObject("bucket", "models/scale/10/model.onnx");
    assert.ok(stored.equals(scaleModel(2)));
  });

  it("says of what it pushed the address, what it takes, and a request to try", async () => {
    write("scale.onnx", scaleModel(2));
    const { all } = await model("push", "told", "scale.onnx");
    assert.equal(
      all,
      `s3://bucket/models/told/1/model.onnx
told, version 1, is served by the next request: http://127.0.0.1:4113/v2/models/told
  inputs   x FP32 [-1]
  outputs  y FP32 [-1]
  curl -d '{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[0]}]}' \\
    http://127.0.0.1:4113/v2/models/told/infer
`,
    );
    await model("rm", "told");
    const breed = await model("push", "told", ARABIAN);
    assert.match(breed.all, /^The breed told is served by the next request: http:\/\/127\.0\.0\.1:4114\/\n/m);
    assert.doesNotMatch(breed.all, /replaces/);
    const again = await model("push", "told", ARABIAN);
    assert.match(
      again.all,
      /^It replaces the model that the breed told had: a breed has one, without versions\.$/m,
    );
    assert.match(breed.all, /^ {2}curl --user x -d[\s\\]*'\{"distance":[\s\S]*"breed":"told"\}' http/m);
    await model("rm", "told", "--breed");
  });

  it("says which version an alias goes on serving, in the list and of a push", async () => {
    write("scale.onnx", scaleModel(2));
    await model("push", "held", "scale.onnx");
    await model("alias", "held", "live=1");
    assert.match(
      (await model("push", "held", "scale.onnx")).all,
      /held, version 2, is there; the alias live goes on serving version 1: `npm run model -- alias held live=2` /,
    );
    assert.match((await model("list")).output, /^yes +model +held +1 .*\n- +model +held +2 /m);
    const kept = await model("rm", "held", "--version", "1");
    assert.deepEqual([kept.exit, kept.output.split(":")[0]], [1, "Version 1 of held is in use (live=1)"]);
    assert.equal((await model("rm", "held", "--version", "2")).exit, 0);
    await model("rm", "held");
  });

  it("says that the highest version goes on being served where an older one is pushed", async () => {
    write("scale.onnx", scaleModel(2));
    await model("push", "older", "scale.onnx", "--version", "10");
    const { all } = await model("push", "older", "scale.onnx", "--version", "9");
    assert.match(
      all,
      /^older, version 9, is there; version 10, the highest, goes on being served: `npm run model -- alias older live=9` /m,
    );
    assert.match(all, /^ +http:\/\/127\.0\.0\.1:4113\/v2\/models\/older\/versions\/9\/infer$/m);
    await model("rm", "older");
  });

  it("pushes an archive as a breed's model, of either kind", async () => {
    for (const [breed, file] of [
      ["arabian", ARABIAN],
      ["linear", LINEAR_LEARNER],
    ] as const) {
      const { exit, output } = await model("push", breed, file);
      assert.deepEqual([exit, output], [0, `s3://bucket/breeds/${breed}/model.tar.gz\n`]);
    }
  });

  it("pushes models of XGBoost and LightGBM as they are, MLflow's folders of them, and archives as ONNX", async () => {
    const rides = path.join(TREES, "rides/xgboost-model");
    write("sagemaker.tar.gz", await packTarGz({ name: "xgboost-model", content: fs.readFileSync(rides) }));
    write("mlflow.tar.gz", await packFolder(path.join(MLFLOW, "xgboost")));
    for (const [name, file, key, ...more] of [
      ["json", path.join(TREES, "xgboost-3.2.0/binary.json"), "models/json/1/model.json"],
      ["ubj", rides, "models/ubj/1/model.ubj"],
      ["txt", path.join(TREES, "lightgbm-4.7.0/binary.txt"), "models/txt/1/model.txt"],
      ["mlflow", path.join(MLFLOW, "xgboost"), "models/mlflow/1/model.ubj"],
      ["mlflow", path.join(MLFLOW, "lightgbm"), "models/mlflow/2/model.txt"],
      ["mlflow", "mlflow.tar.gz", "models/mlflow/3/model.ubj", "--model"],
      ["archive", "sagemaker.tar.gz", "models/archive/1/model.onnx", "--model"],
      ["trees", rides, "breeds/trees/model.tar.gz", "--breed"],
      ["sagemaker", "sagemaker.tar.gz", "breeds/sagemaker/model.tar.gz"],
    ] as const) {
      const { exit, output } = await model("push", name, file, ...more);
      assert.deepEqual([exit, output], [0, `s3://bucket/${key}\n`]);
    }
    // What the evaluator may serve says so.
    const metadataOf = async (Key: string) =>
      (await s3.client().send(new HeadObjectCommand({ Bucket: "bucket", Key }))).Metadata;
    assert.deepEqual(await metadataOf("models/json/1/model.json"), {
      evaluator: "1",
      inputs: "input FP32 [-1,8]",
    });
    assert.deepEqual(await metadataOf("breeds/trees/model.tar.gz"), { evaluator: "1" });
    assert.deepEqual(await metadataOf("models/scale/1/model.onnx"), { inputs: "x FP32 [-1]" });
    // One file of a version is served.
    await model("push", "mlflow", rides, "--version", "2", "--replace");
    const { output } = await model("list");
    assert.deepEqual(
      output
        .split("\n")
        .filter((line) => line.includes(" mlflow "))
        .map((line) => line.split(/ {2,}/)[4]),
      [path.join(MLFLOW, "xgboost/model.ubj"), rides, path.join(MLFLOW, "xgboost/model.ubj")].map(
        (file) => `${(fs.statSync(file).size / 1024).toFixed(1)} KB`,
      ),
    );
    for (const name of ["json", "ubj", "txt", "mlflow", "archive"]) await model("rm", name);
    for (const name of ["trees", "sagemaker"]) await model("rm", name, "--breed");
  });

  it("lists what is served, what MODEL_PATH may name too, and removes versions and breeds", async () => {
    const Key = "linear-learner-1/output/model.tar.gz";
    for (const key of [Key, "linear-learner-1/output/notes.txt"]) {
      await s3.client().send(new PutObjectCommand({ Bucket: "bucket", Key: key, Body: "archive" }));
    }
    const list = async () =>
      (await model("list")).output.split("\n").map((line) => line.split(/ {2,}/).slice(0, 4));
    const head = ["SERVED", "KIND", "NAME", "VERSION"];
    assert.deepEqual(await list(), [
      head,
      ["yes", "breed", "arabian", "-"],
      ["yes", "breed", "linear", "-"],
      ["-", "archive", Key, "-"],
      ["-", "model", "scale", "1"],
      ["yes", "model", "scale", "10"],
      ["-", "model", "scale", "9"],
      [""],
    ]);
    assert.match(
      (await model("list")).output,
      /^yes +model +scale +10 +\d+ B +\d{4}-\d\d-\d\d \d\d:\d\d +x FP32 \[-1\]$/m,
    );
    assert.equal(
      (await model("rm", "scale", "--version", "9")).output,
      "removed s3://bucket/models/scale/9/model.onnx\n",
    );
    assert.equal((await model("rm", "arabian", "--breed")).exit, 0);
    assert.equal((await model("rm", "scale")).exit, 0);
    assert.deepEqual(await list(), [head, ["yes", "breed", "linear", "-"], ["-", "archive", Key, "-"], [""]]);
    const { exit, output } = await model("rm", "scale");
    assert.deepEqual([exit, output], [1, "There is no model scale: `npm run model -- list` shows all.\n"]);
  });

  it("pushes weights that lie in a file of their own, and removes them with the model", async () => {
    const keys = async () => {
      const { Contents = [] } = await s3
        .client()
        .send(new ListObjectsV2Command({ Bucket: "bucket", Prefix: "models/external/" }));
      return Contents.map(({ Key }) => Key);
    };
    const folder = path.join(ONNX, "external");
    assert.equal((await model("push", "external", path.join(folder, "model.onnx"))).exit, 0);
    assert.deepEqual(await keys(), ["models/external/1/model.onnx", "models/external/1/model.onnx.data"]);
    write("scale.onnx", scaleModel(2));
    assert.equal((await model("push", "external", "scale.onnx", "--version", "1", "--replace")).exit, 0);
    assert.deepEqual(await keys(), ["models/external/1/model.onnx"]);
    assert.equal((await model("push", "external", path.join(folder, "model.onnx"))).exit, 0);
    assert.equal((await model("rm", "external")).exit, 0);
    assert.deepEqual(await keys(), []);
  });

  it("mends what exporters write and no function could serve, in a file or in a breed's archive", async () => {
    const zipmap = fs.readFileSync(path.join(ONNX, "zipmap.onnx"));
    const { exit, output } = await model("push", "zipmap", path.join(ONNX, "zipmap.onnx"));
    assert.deepEqual(
      [exit, output],
      [
        0,
        'Cut its ZipMap away: "probabilities" is a tensor of [rows, 2], with the classes 0, 1 in this order.\ns3://bucket/models/zipmap/1/model.onnx\n',
      ],
    );
    const stored = await s3.service.readObject("bucket", "models/zipmap/1/model.onnx");
    assert.deepEqual(stored, mendOnnx(zipmap).model);
    const locale = await model("push", "lower", path.join(ONNX, "default-locale.onnx"));
    assert.match(locale.output, /^Replaced the locale en_US\.UTF-8 by C\.UTF-8, /);
    // Its input is of two numbers, not six: the archive is mended, and then rejected as a breed.
    write("zipmap.tar.gz", await packTarGz({ name: "model/model.onnx", content: zipmap }));
    const breed = await model("push", "zipmap", "zipmap.tar.gz");
    assert.match(
      breed.output,
      /^Cut its ZipMap away: .*\nmodel\.tar\.gz cannot be served\. It does not take a ride, /,
    );
    const archive = await model("push", "zipmap", "zipmap.tar.gz", "--model");
    assert.match(archive.output, /s3:\/\/bucket\/models\/zipmap\/2\/model\.onnx\n$/);
    assert.equal((await model("rm", "zipmap")).exit, 0);
    assert.equal((await model("rm", "lower")).exit, 0);
  });

  it("knows the largest model that the stack's functions load", async () => {
    write("large.onnx", scaleModel(1, LIMITS["open-inference"]));
    const { exit, output } = await model("push", "bad", "large.onnx");
    assert.equal(exit, 1);
    assert.match(
      output,
      /^large\.onnx cannot be served\. It has more than 20971520 bytes, the most that the function can load: /,
    );
  });

  it("uploads nothing that the endpoints could not serve, and says why", async () => {
    const rejected = async (pattern: RegExp, ...args: string[]) => {
      const { exit, output } = await model(...args);
      assert.equal(exit, 1);
      assert.match(output, pattern);
    };
    write("text.onnx", Buffer.from("no model"));
    write("external.onnx", externalModel);
    write("broken.tar.gz", fs.readFileSync(ARABIAN).subarray(0, 100));
    write("scale.tar.gz", await packTarGz({ name: "model.onnx", content: scaleModel(1) }));
    await rejected(
      /^text\.onnx cannot be served. It is no ONNX model, or not a whole one: save it again, and copy all of it\n$/,
      "push",
      "bad",
      "text.onnx",
    );
    await rejected(
      /^external\.onnx cannot be served. .*"weights\.bin".*external_data=False/,
      "push",
      "bad",
      "external.onnx",
    );
    await rejected(
      /^broken\.tar\.gz cannot be served. The archive cannot be read: unexpected end of file\n$/,
      "push",
      "bad",
      "broken.tar.gz",
    );
    await rejected(
      /^scale\.tar\.gz cannot be served. It does not take a ride, /,
      "push",
      "bad",
      "scale.tar.gz",
    );
    await rejected(/^"No_Breed" cannot be the name of a breed: /, "push", "No_Breed", ARABIAN);
    await rejected(/^"\.\." cannot be the name of a model: /, "push", "..", "scale.onnx");
    await rejected(
      /^model\.tar\.gz cannot be served. It does not take a ride, /,
      "push",
      "b",
      "scale.onnx",
      "--breed",
    );
    write("model.pkl", Buffer.from("\x80\x04\x95", "latin1"));
    write("pickled.tar.gz", await packTarGz({ name: "xgboost-model", content: "\x80\x04\x95" }));
    await rejected(
      /^model\.pkl cannot be served\. It is a Python pickle.*save_model/,
      "push",
      "bad",
      "model.pkl",
    );
    await rejected(/^There is no file none\.onnx\.\n$/, "push", "bad", "none.onnx");
    write("empty.onnx", Buffer.alloc(0));
    await rejected(
      /^empty\.onnx cannot be served\. It is empty: copy it again, or save the model again\.\n$/,
      "push",
      "bad",
      "empty.onnx",
    );
    fs.symlinkSync("/dev/zero", path.join(folder, "zero.onnx"));
    fs.symlinkSync("/dev/zero", path.join(folder, "zero.tar.gz"));
    await rejected(/^zero\.onnx is a device or a pipe, not a file\.\n$/, "push", "bad", "zero.onnx");
    await rejected(/^zero\.tar\.gz is a device or a pipe, not a file\.\n$/, "push", "bad", "zero.tar.gz");
    await rejected(
      /^linear-tree\.txt|train with `linear_tree=False`/,
      "push",
      "bad",
      `${TREES}/lightgbm-4.7.0/linear-tree.txt`,
    );
    await rejected(/is a folder without the file MLmodel/, "push", "bad", TREES);
    await rejected(
      /MLmodel has the flavors sklearn; xgboost, lightgbm, onnx are served/,
      "push",
      "bad",
      mlflow("sklearn", 3),
    );
    await rejected(
      /takes \[-1,3\], its input example has rows of 2 values/,
      "push",
      "bad",
      mlflow("xgboost", 2),
    );
    write("mlflow.tar.gz", await packFolder(mlflow("xgboost", 2)));
    await rejected(/takes \[-1,3\], its input example has rows of 2 values/, "push", "bad", "mlflow.tar.gz");
    write("mlflow.tar.gz", await packFolder(mlflow("sklearn", 3)));
    await rejected(
      /^mlflow\.tar\.gz\/model\/MLmodel has the flavors sklearn/,
      "push",
      "bad",
      "mlflow.tar.gz",
    );
    const { output } = await model("list");
    assert.doesNotMatch(output, /bad|No_Breed/);
  });

  it("explains itself where it is called wrongly", async () => {
    const { exit, output } = await model("history", "unknown");
    assert.deepEqual([exit, output], [1, "The model unknown has no aliases: its highest version answers.\n"]);
    for (const args of [
      [],
      ["push", "scale"],
      ["shove"],
      ["list", "--colour"],
      ["rm", "a", "--version", "x"],
    ]) {
      const { exit, output } = await model(...args);
      assert.equal(exit, 2, args.join(" "));
      assert.match(
        output,
        /^(There is no command "shove"\. )?Usage: npm run model -- push NAME|^Unknown option '--colour'.*; --help lists|^--version must be a whole number from 1, of up to 18 digits, is "x"/,
      );
    }
  });

  it("says what to do where no local cloud runs", async () => {
    removeRunningCloud(folder);
    // As a process of its own, as `npm run` starts it.
    const command = runCommand("bin/model.ts", ["list", "--data", folder], folder);
    assert.deepEqual(
      [await command.exit, command.output()],
      [1, "Nothing serves models here: start it with `npm start`, or name a deployed stack by --stack.\n"],
    );
  });
});
