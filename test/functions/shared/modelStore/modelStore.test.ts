import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { ServiceUnavailable, Unprocessable } from "../../../../functions/shared/errors";
import { takeMetrics } from "../../../../functions/shared/metrics";
import { BrokenModel } from "../../../../functions/shared/modelStore/brokenModel";
import { ModelStore } from "../../../../functions/shared/modelStore/modelStore";
import { encodeOnnxModel } from "../../../../functions/shared/onnxProto";
import { captureLogs } from "../../../helpers/handlers/captureLogs";
import { MemorySource } from "../../../helpers/handlers/memorySource";
import { packTarGz } from "../../../helpers/models/packTarGz";
import { scale } from "../../../helpers/models/scale";
import { scaleModel } from "../../../helpers/models/scaleModel";

/** A model of a certain size that ONNX Runtime does not load, though it reads it. */
function brokenModel(padding: number): Buffer {
  return encodeOnnxModel({
    name: "broken",
    nodes: [{ op: "Unknown", inputs: ["x"], outputs: ["y"] }],
    inputs: [{ name: "x", type: "FLOAT", shape: ["N"] }],
    outputs: [{ name: "y", type: "FLOAT", shape: ["N"] }],
    initializers: [{ name: "padding", type: "UINT8", dims: [padding], data: new Uint8Array(padding) }],
  });
}

/** Bytes that the store counts for a small model's session. */
const ROOM = 100 * 1024;

describe("ModelStore", () => {
  let source: MemorySource;
  let time: number;
  beforeEach(() => {
    source = new MemorySource();
    time = 0;
    for (const name of ["a", "b", "c"]) source.put(name, scaleModel(name.charCodeAt(0)));
  });

  const open = (models = 10, checkSeconds = 60) =>
    new ModelStore({ source, maxBytes: models * ROOM, checkSeconds, now: () => time });
  const response = (store: ModelStore, key: string) => store.use(key, {}, scale);

  it("loads a model once for all who ask at the same time", async () => {
    const store = open();
    const answers = await Promise.all(Array.from({ length: 20 }, () => response(store, "a")));
    assert.deepEqual(new Set(answers), new Set([97]));
    assert.deepEqual(source.sent, ["a"]);
    assert.equal(store.size.models, 1);
  });

  it("keeps a model, and tells in the log fields what was loaded for the request", async () => {
    const store = open();
    const [first, second] = [{}, {}];
    await store.use("a", first, scale);
    await store.use("a", second, scale);
    assert.deepEqual([first, second], [{ model: "a", modelLoadMs: 0 }, { model: "a" }]);
    assert.equal(source.lookups, 1);
  });

  it("loads a model before it is asked for, and a request meanwhile waits for that load", async () => {
    const store = open();
    store.preload("a");
    assert.equal(await response(store, "a"), 97);
    assert.deepEqual([source.sent, source.lookups], [["a"], 1]);
  });

  it("tries a model again that could not be loaded before it was asked for", async () => {
    const store = open();
    source.failure = new ServiceUnavailable("S3 is away");
    store.preload("a");
    await setImmediate();
    source.failure = undefined;
    assert.equal(await response(store, "a"), 97);
    assert.equal(source.lookups, 2);
  });

  it("drops the least recently used models when they do not fit any more", async () => {
    const store = open(2);
    for (const key of ["a", "b", "a", "c"]) await response(store, key);
    assert.equal(store.size.models, 2);
    await response(store, "a");
    assert.deepEqual(source.sent, ["a", "b", "c"]);
    await response(store, "b");
    assert.deepEqual(source.sent, ["a", "b", "c", "b"]);
    assert.ok(store.size.bytes <= 2 * ROOM, `${store.size.bytes} bytes`);
  });

  it("never drops a model in use, and lets it go when it is given back", async () => {
    const store = open(1);
    const lease = await store.acquire("a");
    await response(store, "b");
    await response(store, "c");
    assert.equal(await scale(lease.session), 97);
    assert.equal(store.size.models, 1);
    const other = await store.acquire("b");
    assert.equal(store.size.models, 2);
    lease.release();
    lease.release();
    assert.equal(store.size.models, 1);
    await assert.rejects(scale(lease.session));
    assert.equal(await scale(other.session), 98);
    other.release();
  });

  it("keeps the one model that is larger than the bound by itself", async () => {
    const store = new ModelStore({ source, maxBytes: 1024, checkSeconds: 60, now: () => time });
    await response(store, "a");
    await response(store, "a");
    assert.deepEqual(source.sent, ["a"]);
  });

  it("rejects a model whose file is larger than the bound", async () => {
    source.put("large", scaleModel(1, 2 * ROOM));
    await assert.rejects(response(open(1), "large"), {
      status: 422,
      message:
        "The model large cannot be served. It has more than 102400 bytes, the most that the function can load: upload a smaller model, or raise the function's `memorySize`",
    });
  });

  describe("when the time to check has come", () => {
    it("asks once for all, and keeps what is unchanged", async () => {
      const store = open();
      await response(store, "a");
      time = 59_999;
      await response(store, "a");
      assert.equal(source.lookups, 1);
      time = 60_000;
      await Promise.all([response(store, "a"), response(store, "a"), response(store, "a")]);
      assert.equal(source.lookups, 2);
      assert.deepEqual(source.sent, ["a"]);
    });

    it("answers with the replacement, while requests in flight keep the old model", async () => {
      const store = open();
      const old = await store.acquire("a");
      source.put("a", scaleModel(5), "second");
      time = 60_000;
      const lease = await store.acquire("a");
      assert.deepEqual([await scale(lease.session), lease.version], [5, "second"]);
      assert.equal(await scale(old.session), 97);
      assert.equal(store.size.models, 2);
      old.release();
      assert.equal(store.size.models, 1);
      await assert.rejects(scale(old.session));
      lease.release();
    });

    it("goes on with the old model where the replacement is broken, says so, and takes the next one", async () => {
      const store = open();
      await response(store, "a");
      source.put("a", Buffer.from("no model"), "broken");
      time = 60_000;
      const [warning] = await captureLogs(async () => {
        assert.equal(await response(store, "a"), 97);
      });
      assert.deepEqual(
        [warning?.level, warning?.message, warning?.model],
        ["warn", "A model's replacement cannot be loaded: the old one goes on", "a"],
      );
      source.put("a", scaleModel(6), "mended");
      time = 120_000;
      assert.equal(await response(store, "a"), 6);
    });

    it("does not fetch a broken replacement again before it changes", async () => {
      const store = open(10, 0);
      await response(store, "a");
      source.put("a", Buffer.from("no model"), "broken");
      const warnings = await captureLogs(async () => {
        for (let i = 0; i < 3; i++) assert.equal(await response(store, "a"), 97);
      });
      assert.deepEqual([warnings.length, source.sent, source.lookups], [1, ["a", "a"], 4]);
      source.put("a", scaleModel(6), "mended");
      assert.equal(await response(store, "a"), 6);
    });

    it("does not fetch a broken archive again either, wherever it breaks", async () => {
      const packed = await packTarGz({ name: "model.onnx", content: randomBytes(100_000) });
      const middle = Buffer.concat([packed.subarray(0, 50_000), Buffer.alloc(50_000)]);
      for (const content of [packed, packed.subarray(0, 50_000), middle, randomBytes(50_000)]) {
        source = new MemorySource();
        const store = open(10, 0);
        source.put("a.tar.gz", content, "broken");
        for (let i = 0; i < 2; i++) await assert.rejects(store.acquire("a.tar.gz"), { status: 422 });
        assert.deepEqual(source.sent, ["a.tar.gz"]);
      }
    });

    it("keeps the model it has where a broken replacement is taken away again", async () => {
      const store = open(10, 0);
      source.put("a", scaleModel(5), "first");
      const lease = await store.acquire("a");
      source.put("a", Buffer.from("no model"), "broken");
      await response(store, "a");
      source.put("a", scaleModel(5), "first");
      for (let i = 0; i < 2; i++) {
        const again = await store.acquire("a");
        assert.equal(again.session, lease.session);
        again.release();
      }
      assert.deepEqual(source.sent, ["a", "a", "a"]);
      lease.release();
    });

    for (const [kind, key] of [
      ["a model", "a"],
      ["an archive", "a.tar.gz"],
    ] as const) {
      it(`fetches ${kind} again whose transfer broke off`, async () => {
        const pack = (factor: number) => {
          const content = scaleModel(factor);
          return key === "a" ? content : packTarGz({ name: "model.onnx", content });
        };
        const store = open(10, 0);
        source.put(key, await pack(5), "first");
        await response(store, key);
        source.put(key, await pack(6), "second");
        source.interruption = new Error("aborted");
        const [warning] = await captureLogs(async () => {
          assert.equal(await response(store, key), 5);
        });
        assert.match(JSON.stringify(warning?.error), /aborted/);
        source.interruption = undefined;
        assert.equal(await response(store, key), 6);
      });
    }

    it("goes on with the old model where the source does not respond", async () => {
      const store = open();
      await response(store, "a");
      source.failure = new ServiceUnavailable("The bucket cannot serve a now");
      time = 60_000;
      assert.equal(await response(store, "a"), 97);
      assert.equal(await response(store, "a"), 97);
      assert.equal(source.lookups, 2);
    });

    it("forgets a model that was taken away", async () => {
      const store = open();
      await response(store, "a");
      source.models.delete("a");
      time = 60_000;
      await assert.rejects(response(store, "a"), { status: 404, message: "There is no model a" });
      assert.deepEqual(store.size, { models: 0, bytes: 0 });
    });
  });

  it("answers all who wait for a broken model with 422 and the reason, and takes the next version", async () => {
    const store = open();
    source.put("a", Buffer.from("no model"), "broken");
    const results = await Promise.allSettled([response(store, "a"), response(store, "a")]);
    for (const result of results) {
      assert.ok(result.status === "rejected" && result.reason instanceof Unprocessable);
      assert.equal(
        result.reason.message,
        "The model a cannot be served. It is no ONNX model, or not a whole one: save it again, and copy all of it",
      );
      assert.match(String(result.reason.cause), /^BrokenModel: /);
    }
    assert.deepEqual(store.size, { models: 0, bytes: 0 });
    source.put("a", scaleModel(7), "mended");
    assert.equal(await response(store, "a"), 7);
  });

  it("does not fetch a broken model for every request, of as many as it remembers", async () => {
    const store = open(10, 0);
    const ask = (key: string) =>
      assert.rejects(response(store, key), ({ cause }: Error) => /^BrokenModel: /.test(String(cause)));
    const many = Array.from({ length: 501 }, (_, i) => `broken-${i}`);
    for (const key of many) source.put(key, Buffer.from("no model"), "broken");
    for (const key of many.slice(1)) {
      await ask(key);
      await ask(key);
    }
    assert.deepEqual(source.sent, many.slice(1));
    for (const key of ["broken-0", "broken-1", "broken-500"]) await ask(key);
    assert.deepEqual(source.sent.slice(500), ["broken-0", "broken-1"]);
  });

  it("gives a model back when the work with it fails", async () => {
    const store = open(1);
    const failing = store.use("a", {}, async () => {
      throw new Error("out of hay");
    });
    await assert.rejects(failing, { message: "out of hay" });
    await response(store, "b");
    assert.equal(store.size.models, 1);
  });

  describe("when memory is short", () => {
    const LARGE = 300 * 1024;
    const large = (store: ModelStore, key: string) => response(store, key);

    it("makes room before it loads, not after", async () => {
      const store = new ModelStore({
        source,
        maxBytes: 1.5 * LARGE + 2 * ROOM,
        checkSeconds: 0,
        now: () => time,
      });
      source.put("old", scaleModel(2, LARGE / 2));
      source.put("broken", brokenModel(LARGE / 2));
      await large(store, "old");
      takeMetrics();
      await assert.rejects(large(store, "broken"), { status: 422 });
      assert.equal(takeMetrics().ModelEvictions, 1);
      assert.deepEqual(store.size, { models: 0, bytes: 0 });
    });

    it("drops the model that is replaced where both do not fit, and keeps it where they do", async () => {
      for (const [share, kept] of [
        [1.5, 0],
        [4, 1],
      ] as const) {
        const maxBytes = share * LARGE + 2 * ROOM;
        const store = new ModelStore({ source, maxBytes, checkSeconds: 0, now: () => time });
        source.put("m", scaleModel(2, LARGE / 2), "first");
        await large(store, "m");
        source.put("m", brokenModel(LARGE / 2), "second");
        await captureLogs(() => large(store, "m").catch(() => {}));
        assert.equal(store.size.models, kept, `${share} times the size`);
      }
    });

    it("does not drop the model that is replaced while it is in use", async () => {
      const store = new ModelStore({
        source,
        maxBytes: 1.5 * LARGE + 2 * ROOM,
        checkSeconds: 0,
        now: () => time,
      });
      source.put("m", scaleModel(2, LARGE / 2), "first");
      const lease = await store.acquire("m");
      source.put("m", scaleModel(3, LARGE / 2), "second");
      assert.equal(await large(store, "m"), 3);
      assert.equal(await scale(lease.session), 2);
      lease.release();
    });
  });

  describe("when the work with a model finds that it can never be served", () => {
    const reject = async () => {
      throw new BrokenModel("It answers nonsense");
    };
    const rejected = { status: 422, message: "The model a cannot be served. It answers nonsense" };

    it("answers 422, and so does the next request, without the model", async () => {
      const store = open(10, 0);
      await assert.rejects(store.use("a", {}, reject), rejected);
      assert.equal(store.size.models, 0);
      await assert.rejects(response(store, "a"), rejected);
      assert.deepEqual(source.sent, ["a"]);
      assert.equal(store.rejectionFor("a", 1), "It answers nonsense");
      assert.equal(store.rejectionFor("b", 1), undefined);
      assert.match(String(store.rejectionFor("b", 11 * ROOM)), /^It has more than \d+ bytes, /);
    });

    it("lets requests end that use it already, and serves the next version", async () => {
      const store = open(10, 0);
      const lease = await store.acquire("a");
      await assert.rejects(store.use("a", {}, reject), rejected);
      assert.equal(await scale(lease.session), 97);
      lease.release();
      assert.deepEqual(store.size, { models: 0, bytes: 0 });
      source.put("a", scaleModel(6), "mended");
      assert.equal(await response(store, "a"), 6);
      assert.equal(store.rejectionFor("a", 1), undefined);
    });
  });

  it("records loads, failed ones and evictions for the request's log line, hits with them or once a minute", async () => {
    const store = open(1, 3600);
    takeMetrics();
    const recorded = async (key: string, times = 1) => {
      for (let i = 0; i < times; i++) await response(store, key).catch(() => {});
      const { ModelBytes, ...metrics } = takeMetrics();
      return metrics;
    };
    const loaded = { ModelLoads: 1, ModelLoadTime: 0, ModelsLoaded: 1 };
    assert.deepEqual(await recorded("a"), { ...loaded, ModelHits: 0 });
    assert.deepEqual(await recorded("a", 5), {});
    assert.deepEqual(await recorded("b"), { ...loaded, ModelHits: 5, ModelEvictions: 1 });
    assert.deepEqual(await recorded("b", 2), {});
    time = 60_000;
    assert.deepEqual(await recorded("b"), { ModelHits: 3, ModelsLoaded: 1 });
    source.put("c", Buffer.from("no model"), "broken");
    assert.deepEqual((await recorded("c")).ModelLoadFailures, 1);
    assert.deepEqual((await recorded("c")).ModelLoadFailures, undefined);
  });

  it("does not grow over thousands of evictions", async () => {
    const store = open(20);
    for (let i = 0; i < 40; i++) source.put(`m${i}`, scaleModel(i));
    const cycle = async (rounds: number) => {
      for (let i = 0; i < rounds; i++) await response(store, `m${i % 40}`);
      return process.memoryUsage.rss();
    };
    const before = await cycle(1000);
    const grown = (await cycle(4000)) - before;
    // A session takes 74 to 88 KiB: kept, these would be 300 MiB.
    assert.ok(grown < 60 * 1024 * 1024, `${grown} bytes more after 4,000 evictions`);
  });
});
