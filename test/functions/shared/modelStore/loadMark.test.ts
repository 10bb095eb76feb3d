import assert from "node:assert/strict";
import fs from "node:fs";
import { LoadMark } from "../../../../functions/shared/modelStore/loadMark";
import { ModelStore } from "../../../../functions/shared/modelStore/modelStore";
import { MemorySource } from "../../../helpers/handlers/memorySource";
import { scale } from "../../../helpers/models/scale";
import { scaleModel } from "../../../helpers/models/scaleModel";
import { useTmpdir } from "../../../helpers/process/useTmpdir";
import { eventually } from "../../../helpers/time/eventually";

const KEY = "models/heavy/1/model.onnx";

describe("LoadMark", () => {
  const tmpdir = useTmpdir();
  afterEach(() => {
    for (const file of fs.readdirSync(tmpdir.folder)) fs.rmSync(`${tmpdir.folder}/${file}`);
  });

  /** Loads for ever: to the mark it is the same as a process that ends. */
  const endProcess = (version = "v1") => void new LoadMark(KEY, version).around(() => new Promise(() => {}));
  const storeOf = (version: string) => {
    const source = new MemorySource();
    source.put(KEY, scaleModel(3), version);
    return { source, store: new ModelStore({ source, maxBytes: 1024 * 1024, checkSeconds: 0 }) };
  };

  it("lets a version be tried again that ended one process, and rejects it once it ended two", () => {
    endProcess();
    new LoadMark(KEY, "v1").check();
    endProcess();
    assert.throws(() => new LoadMark(KEY, "v1").check(), {
      name: "BrokenModel",
      message: /^Loading it ended the function's process twice: /,
    });
    new LoadMark(KEY, "v2").check();
    new LoadMark("models/light/1/model.onnx", "v1").check();
  });

  it("is gone once the model is loaded, or fails to load", async () => {
    await new LoadMark(KEY, "v1").around(async () => "loaded");
    await assert.rejects(
      new LoadMark(KEY, "v1").around(async () => {
        throw new Error("out of hay");
      }),
    );
    assert.deepEqual(fs.readdirSync(tmpdir.folder), []);
  });

  it("does not keep a model from being loaded where the folder cannot be written", async () => {
    const { folder } = tmpdir;
    process.env.TMPDIR = `${folder}/none`;
    try {
      assert.equal(await new LoadMark(KEY, "v1").around(async () => "loaded"), "loaded");
    } finally {
      process.env.TMPDIR = folder;
    }
  });

  it("has the store answer 422 at once for that version, and serve the next one", async () => {
    endProcess();
    endProcess();
    const { source, store } = storeOf("v1");
    for (let i = 0; i < 2; i++) {
      await assert.rejects(store.use(KEY, {}, scale), {
        status: 422,
        message: /^The model models\/heavy\/1\/model\.onnx cannot be served\. Loading it ended /,
      });
    }
    source.put(KEY, scaleModel(4), "v2");
    assert.equal(await store.use(KEY, {}, scale), 4);
  });

  it("is not left by a model that ends the process while it runs", async () => {
    const { store } = storeOf("v1");
    void store.use(KEY, {}, () => new Promise(() => {}));
    await eventually(() => assert.equal(store.size.models, 1));
    assert.deepEqual(fs.readdirSync(tmpdir.folder), []);
  });
});
