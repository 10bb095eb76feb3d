import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { type SyncOptions, syncModel } from "../../../functions/model-sync/syncModel";
import { readManifest } from "../../../functions/shared/volume/volumeManifest";
import { MemoryObjects } from "../../helpers/handlers/memoryObjects";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

const DAY = 86_400_000;
const WEIGHTS = Buffer.alloc(100_000, "weights");

describe("syncModel", () => {
  let objects: MemoryObjects;
  let volume: string;
  beforeEach(() => {
    objects = new MemoryObjects();
    volume = temporaryFolder();
  });

  const sync = (options: Partial<SyncOptions> = {}) =>
    syncModel({
      objects,
      volume,
      model: "horse",
      deadline: Date.now() + 30_000,
      graceMs: DAY,
      ...options,
    });

  /** Names and content of what the manifest serves. */
  const served = async () => {
    const manifest = await readManifest(path.join(volume, "horse"));
    return Object.fromEntries(
      (manifest?.files ?? []).map(({ path: name }) => [
        name,
        fs.readFileSync(path.join(volume, "horse", "versions", manifest?.version ?? "", name), "utf8"),
      ]),
    );
  };
  const versions = () => fs.readdirSync(path.join(volume, "horse", "versions")).sort();

  it("copies what the card lists, whole folders too, and serves it", async () => {
    objects.putModel("horse", { "model.onnx": "one", "parts/weights.bin": WEIGHTS });
    const { version, ...rest } = await sync();
    assert.deepEqual(rest, { model: "horse", status: "copied" });
    assert.match(version, /^[0-9a-f]{16}$/);
    assert.deepEqual(await served(), { "model.onnx": "one", "parts/weights.bin": WEIGHTS.toString() });
  });

  it("copies nothing that is there already", async () => {
    objects.putModel("horse", { "model.onnx": "one" });
    const { version } = await sync();
    objects.reads.length = 0;
    assert.deepEqual(await sync(), { model: "horse", status: "unchanged", version });
    assert.deepEqual(objects.reads, ["horse/card.json"]);
  });

  for (const [what, damage] of [
    ["cut short", (content: Buffer) => content.subarray(0, content.length / 2)],
    ["empty", () => Buffer.alloc(0)],
    ["garbage", () => Buffer.from("\u0000{ garbage")],
    ["gone", () => undefined],
  ] as const) {
    it(`puts right whichever file of the volume is ${what}`, async () => {
      objects.putModel("horse", { "model.onnx": "one", "weights.bin": WEIGHTS });
      await sync();
      const expected = await served();
      const files = fs
        .readdirSync(volume, { recursive: true, encoding: "utf8" })
        .map((name) => path.join(volume, name))
        .filter((file) => fs.statSync(file).isFile());
      assert.equal(files.length, 4);
      for (const file of files) {
        if (!fs.existsSync(file)) continue;
        const damaged = damage(fs.readFileSync(file));
        if (damaged === undefined) fs.rmSync(file);
        else fs.writeFileSync(file, damaged);
        await sync();
        assert.deepEqual(await served(), expected, file);
      }
    });
  }

  it("begins anew where an earlier call left other bytes", async () => {
    objects.putModel("horse", { "weights.bin": WEIGHTS });
    const partial = path.join(volume, "horse", "partial");
    fs.mkdirSync(partial, { recursive: true });
    const sha256 = createHash("sha256").update(WEIGHTS).digest("hex");
    fs.writeFileSync(path.join(partial, sha256), "garbage");
    assert.equal((await sync()).status, "copied");
    assert.deepEqual(await served(), { "weights.bin": WEIGHTS.toString() });
  });

  it("copies once when called several times at once", async () => {
    objects.putModel("horse", { "model.onnx": "one" });
    const results = await Promise.all([sync(), sync(), sync()]);
    assert.deepEqual(results.map(({ status }) => status).sort(), ["copied", "unchanged", "unchanged"]);
    assert.deepEqual(
      objects.reads.filter((key) => key.endsWith(".onnx")),
      ["horse/model.onnx"],
    );
  });

  it("takes a file that the version before has from there", async () => {
    objects.putModel("horse", { "model.onnx": "one", "weights.bin": WEIGHTS });
    await sync();
    objects.reads.length = 0;
    objects.putModel("horse", { "model.onnx": "two", "renamed.bin": WEIGHTS });
    await sync();
    assert.deepEqual(objects.reads, ["horse/card.json", "horse/model.onnx"]);
    assert.deepEqual(await served(), { "model.onnx": "two", "renamed.bin": WEIGHTS.toString() });
  });

  it("stops when the time is up, says how far it came, and goes on from there", async () => {
    objects.putModel("horse", { "weights.bin": WEIGHTS });
    objects.stallAfter = 40_000;
    await assert.rejects(sync({ deadline: Date.now() + 1_500 }), {
      name: "CopyUnfinished",
      message:
        "Time is up with 40000 of 100000 bytes of horse/weights.bin copied (40 %): the next call goes on from there",
    });
    assert.equal(await readManifest(path.join(volume, "horse")), undefined);
    objects.stallAfter = Number.POSITIVE_INFINITY;
    assert.equal((await sync()).status, "copied");
    assert.deepEqual(objects.reads, [
      "horse/card.json",
      "horse/weights.bin",
      "horse/card.json",
      "horse/weights.bin@40000",
    ]);
    assert.deepEqual(await served(), { "weights.bin": WEIGHTS.toString() });
  });

  it("takes a deadline between two milliseconds, such as half of what is left", async () => {
    objects.putModel("horse", { "model.onnx": "one" });
    assert.equal((await sync({ deadline: Date.now() + 30_000.5 })).status, "copied");
  });

  const broken: [string, () => void, string | RegExp][] = [
    ["no card", () => {}, "horse/card.json is not in the bucket: a model is what its card says"],
    ["a card that is no JSON", () => objects.put("horse/card.json", "{"), "horse/card.json is not JSON"],
    [
      "a card without files",
      () => objects.put("horse/card.json", '{"files":[]}'),
      "horse/card.json must list `files`, each with `path`, `bytes` and `sha256`",
    ],
    [
      "a card whose file would leave the folder",
      () =>
        objects.put(
          "horse/card.json",
          JSON.stringify({ files: [{ path: "../x", bytes: 1, sha256: "0".repeat(64) }] }),
        ),
      "horse/card.json must list `files`, each with `path`, `bytes` and `sha256`",
    ],
    [
      "a file of another size",
      () => {
        objects.putModel("horse", { "model.onnx": "two" });
        objects.put("horse/model.onnx", "seven");
      },
      "horse/model.onnx has 5 bytes; its card says 3 bytes",
    ],
    [
      "a file of another content",
      () => {
        objects.putModel("horse", { "model.onnx": "two" });
        objects.put("horse/model.onnx", "owt");
      },
      /^horse\/model\.onnx has the SHA-256 [0-9a-f]{64}; its card says [0-9a-f]{64}$/,
    ],
  ];
  for (const [what, upload, message] of broken) {
    it(`rejects ${what}, and the old version goes on serving`, async () => {
      objects.putModel("horse", { "model.onnx": "one" });
      await sync();
      objects = new MemoryObjects();
      upload();
      await assert.rejects(sync(), { name: "ModelIncomplete", message });
      assert.deepEqual(await served(), { "model.onnx": "one" });
    });
  }

  it("begins anew after bytes that were not those of the card", async () => {
    objects.putModel("horse", { "model.onnx": "two" });
    objects.put("horse/model.onnx", "owt");
    await assert.rejects(sync());
    objects.put("horse/model.onnx", "two");
    await sync();
    assert.deepEqual(await served(), { "model.onnx": "two" });
  });

  it("keeps a replaced version for the time of grace, then removes it, never the served one", async () => {
    objects.putModel("horse", { "model.onnx": "one" });
    const first = (await sync()).version;
    objects.putModel("horse", { "model.onnx": "two" });
    const second = (await sync()).version;
    assert.deepEqual(versions(), [first, second].sort());
    await sync({ graceMs: 0 });
    assert.deepEqual(versions(), [second]);
    assert.deepEqual((await readManifest(path.join(volume, "horse")))?.retired, {});
    assert.deepEqual(await served(), { "model.onnx": "two" });
  });

  it("goes back to a version that is still there without reading its files", async () => {
    objects.putModel("horse", { "model.onnx": "one" });
    const first = (await sync()).version;
    objects.putModel("horse", { "model.onnx": "two" });
    await sync();
    objects.reads.length = 0;
    objects.putModel("horse", { "model.onnx": "one" });
    assert.deepEqual(await sync(), { model: "horse", status: "copied", version: first });
    assert.deepEqual(objects.reads, ["horse/card.json"]);
  });

  it("removes what was begun and never finished, once it is old", async () => {
    objects.putModel("horse", { "weights.bin": WEIGHTS });
    objects.stallAfter = 40_000;
    await assert.rejects(sync({ deadline: Date.now() + 1_500 }));
    objects.stallAfter = Number.POSITIVE_INFINITY;
    objects.putModel("horse", { "model.onnx": "small" });
    await sync();
    assert.equal(fs.readdirSync(path.join(volume, "horse", "partial")).length, 1);
    await sync({ graceMs: 0 });
    assert.deepEqual(fs.readdirSync(path.join(volume, "horse", "partial")), []);
  });
});
