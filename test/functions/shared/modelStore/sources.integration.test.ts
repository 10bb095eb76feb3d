import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { makeGinormousModel } from "../../../../bin/makeGinormousModel";
import { bucketSource } from "../../../../functions/shared/modelStore/bucketSource";
import type { ModelSource } from "../../../../functions/shared/modelStore/modelSource";
import { ModelStore } from "../../../../functions/shared/modelStore/modelStore";
import { volumeSource } from "../../../../functions/shared/modelStore/volumeSource";
import { objectStore } from "../../../../functions/shared/objectStore";
import { encodeOnnxModel } from "../../../../functions/shared/onnxProto";
import { versionFolder, writeManifest } from "../../../../functions/shared/volume/volumeManifest";
import { packTarGz } from "../../../helpers/models/packTarGz";
import { scale } from "../../../helpers/models/scale";
import { scaleModel } from "../../../helpers/models/scaleModel";
import { temporaryFolder } from "../../../helpers/process/temporaryFolder";
import { useTmpdir } from "../../../helpers/process/useTmpdir";
import { useLocalS3 } from "../../../helpers/services/useLocalS3";

const MIB = 1024 * 1024;
const storeOf = (source: ModelSource) => new ModelStore({ source, maxBytes: 64 * MIB, checkSeconds: 0 });

describe("bucketSource", () => {
  useLocalS3();
  const tmpdir = useTmpdir();
  const put = (key: string, body: Uint8Array) => objectStore("bucket").put(key, body);
  const store = storeOf(bucketSource(objectStore("bucket")));

  it("serves an object of ONNX, and what replaces it at the next check", async () => {
    await put("models/m.onnx", scaleModel(3));
    assert.equal(await store.use("models/m.onnx", {}, scale), 3);
    assert.equal(await store.use("models/m.onnx", {}, scale), 3);
    await put("models/m.onnx", scaleModel(4));
    assert.equal(await store.use("models/m.onnx", {}, scale), 4);
  });

  it("serves an archive, a large one by way of a file that is gone afterwards", async () => {
    await put("large/model.tar.gz", await packTarGz({ name: "model.onnx", content: scaleModel(5, 9 * MIB) }));
    assert.equal(await store.use("large/model.tar.gz", {}, scale), 5);
    await put("large.onnx", scaleModel(6, 9 * MIB));
    assert.equal(await store.use("large.onnx", {}, scale), 6);
    assert.deepEqual(fs.readdirSync(tmpdir.folder), []);
  });

  it("rejects an object over the bound without reading it to its end", async () => {
    await put("huge.onnx", Buffer.alloc(65 * MIB));
    await assert.rejects(store.use("huge.onnx", {}, scale), { status: 422 });
    assert.deepEqual(fs.readdirSync(tmpdir.folder), []);
  });

  describe("with weights in a file of their own", () => {
    const key = "models/external/1/model.onnx";
    const weights = (name: string) => `models/external/1/${name}`;
    const factor = (value: number) => Buffer.from(Float32Array.of(value).buffer);

    it("serves the two together, and new weights though the model is the same", async () => {
      await put(weights("w.data"), factor(3));
      await put(key, externalModel("w.data"));
      assert.equal(await store.use(key, {}, scale), 3);
      const lease = await store.acquire(key);
      const again = await store.acquire(key);
      assert.equal(again.session, lease.session);
      again.release();
      await put(weights("w.data"), factor(4));
      assert.equal(await store.use(key, {}, scale), 4);
      assert.equal(await scale(lease.session), 3);
      lease.release();
      assert.deepEqual(fs.readdirSync(tmpdir.folder), []);
    });

    it("rejects a model whose weights are not there, and serves it once they are", async () => {
      const late = "models/late/1/model.onnx";
      await put(late, externalModel("late.data"));
      for (let i = 0; i < 2; i++) {
        await assert.rejects(store.use(late, {}, scale), {
          status: 422,
          message:
            /^The model models\/late\/1\/model\.onnx cannot be served\. Its weights lie in "late\.data", which is not beside it: /,
        });
      }
      await put("models/late/1/late.data", factor(5));
      assert.equal(await store.use(late, {}, scale), 5);
    });

    it("reads no file but those that lie beside the model in the bucket", async () => {
      const own = path.join(tmpdir.folder, "own.data");
      fs.writeFileSync(own, factor(6));
      for (const location of [
        own,
        "../own.data",
        "own.data",
        "package.json",
        "model.onnx",
        ".",
        "a/b",
        "a\\b",
        "",
      ]) {
        await put("models/other/1/model.onnx", externalModel(location));
        await assert.rejects(store.use("models/other/1/model.onnx", {}, scale), { status: 422 }, location);
      }
      fs.rmSync(own);
    });

    it("counts the weights to the model's size", async () => {
      await put("models/heavy/1/w.data", Buffer.alloc(65 * MIB));
      await put("models/heavy/1/model.onnx", externalModel("w.data"));
      await assert.rejects(store.use("models/heavy/1/model.onnx", {}, scale), {
        status: 422,
        message: /It has more than 67108864 bytes/,
      });
      assert.deepEqual(fs.readdirSync(tmpdir.folder), []);
    });

    it("serves them from an archive that holds both", async () => {
      const archive = await packTarGz(
        { name: "model/w.data", content: factor(7) },
        { name: "model/model.onnx", content: externalModel("w.data") },
      );
      await put("breeds/a/model.tar.gz", archive);
      assert.equal(await store.use("breeds/a/model.tar.gz", {}, scale), 7);
      await put(
        "breeds/b/model.tar.gz",
        await packTarGz({ name: "model.onnx", content: externalModel("w.data") }),
      );
      await assert.rejects(store.use("breeds/b/model.tar.gz", {}, scale), { status: 422 });
      assert.deepEqual(fs.readdirSync(tmpdir.folder), []);
    });
  });

  it("names an object that is not there in a 404", async () => {
    await assert.rejects(store.use("models/none.onnx", {}, scale), {
      status: 404,
      message: "There is no models/none.onnx in the bucket",
    });
  });
});

describe("volumeSource", () => {
  const publish = async (root: string, version: string, factor: number) => {
    const folder = versionFolder(path.join(root, "m"), version);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "model.onnx"), scaleModel(factor));
    await writeManifest(path.join(root, "m"), { version, files: [], retired: {} });
  };

  it("serves the version that the manifest names, and the next one when it changes", async () => {
    const root = temporaryFolder();
    const store = storeOf(volumeSource(root));
    await publish(root, "first", 2);
    assert.equal(await store.use("m/model.onnx", {}, scale), 2);
    await publish(root, "second", 3);
    const lease = await store.acquire("m/model.onnx");
    assert.deepEqual([await scale(lease.session), lease.version], [3, "second"]);
    lease.release();
  });

  it("names a model that is not there in a 404", async () => {
    const root = temporaryFolder();
    const store = storeOf(volumeSource(root));
    await assert.rejects(store.use("m/model.onnx", {}, scale), {
      status: 404,
      message: "There is no model m on the volume",
    });
    await publish(root, "first", 2);
    await assert.rejects(store.use("m/other.onnx", {}, scale), {
      status: 404,
      message: "There is no m/other.onnx on the volume",
    });
  });

  // Elsewhere nothing tells a process's own memory from mapped files.
  const onLinux = process.platform === "linux" ? it : () => {};
  onLinux("maps weights that lie beside the model instead of copying them", async () => {
    const root = temporaryFolder();
    await makeGinormousModel(versionFolder(path.join(root, "m"), "v"), { inputs: 4096, outputs: 8192 });
    await writeManifest(path.join(root, "m"), { version: "v", files: [], retired: {} });
    const before = privateMemory();
    const lease = await storeOf(volumeSource(root)).acquire("m/model.onnx");
    const grown = privateMemory() - before;
    assert.ok(grown < 32 * MIB, `${grown} bytes of private memory for 128 MiB of weights`);
    assert.deepEqual(lease.session.outputNames, ["y"]);
    lease.release();
  });
});

/** ONNX that multiplies by a number in another file. */
function externalModel(location: string): Buffer {
  return encodeOnnxModel({
    name: "external",
    nodes: [{ op: "Mul", inputs: ["x", "w"], outputs: ["y"] }],
    inputs: [{ name: "x", type: "FLOAT", shape: ["N"] }],
    outputs: [{ name: "y", type: "FLOAT", shape: ["N"] }],
    initializers: [{ name: "w", type: "FLOAT", dims: [], external: { location } }],
  });
}

/** Bytes of this process's memory that belong to no file. */
function privateMemory(): number {
  const [, kib] = /RssAnon:\s+(\d+) kB/.exec(fs.readFileSync("/proc/self/status", "utf8")) ?? [];
  return Number(kib) * 1024;
}
