import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { gunzipSync, gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { readArchive } from "../../../../functions/shared/modelStore/readArchive";
import { modelFormat } from "../../../../functions/shared/trees/modelFormat";
import { packTarGz, type TarEntry } from "../../../helpers/models/packTarGz";
import { scaleModel } from "../../../helpers/models/scaleModel";
import { useTmpdir } from "../../../helpers/process/useTmpdir";

const MIB = 1024 * 1024;
const MODEL = scaleModel(2);
const LINEAR_LEARNER = path.resolve(__dirname, "../../../fixtures/linear-learner/binary/model.tar.gz");

const TREES = path.resolve(__dirname, "../../../fixtures/trees");

describe("readArchive", () => {
  const tmpdir = useTmpdir();
  afterEach(() => assert.deepEqual(fs.readdirSync(tmpdir.folder), [], "files are left behind"));

  const read = (archive: Buffer, maxBytes = 64 * MIB) => readArchive(Readable.from([archive]), maxBytes);
  const rejection = async (archive: Buffer, maxBytes?: number): Promise<string> => {
    const error: Error = await read(archive, maxBytes).then(
      () => assert.fail("nothing was rejected"),
      (error) => error,
    );
    assert.equal(error.name, "BrokenModel");
    return error.message;
  };
  const rejectionOf = async (...entries: TarEntry[]) => rejection(await packTarGz(...entries));

  it("takes model.onnx, as the only file or among others", async () => {
    for (const entries of [
      [{ name: "model.onnx", content: MODEL }],
      [
        { name: "./", type: "directory" },
        { name: "./README", content: "hello" },
        { name: "./model.onnx", content: MODEL },
        { name: "code/inference.py", content: "pass" },
      ],
    ] satisfies TarEntry[][]) {
      const { model, bytes, dispose } = await read(await packTarGz(...entries));
      assert.deepEqual([model, bytes], [MODEL, MODEL.length]);
      await dispose();
    }
  });

  it("keeps a large model in a file until it is disposed of", async () => {
    const large = scaleModel(2, 9 * MIB);
    const spooled = await read(await packTarGz({ name: "model.onnx", content: large }));
    assert.ok(typeof spooled.model === "string" && spooled.model.startsWith(tmpdir.folder));
    assert.ok(fs.readFileSync(spooled.model).equals(large));
    await spooled.dispose();
  });

  it("turns Linear Learner's files into ONNX, within model_algo-1 or without", async () => {
    const { model } = await read(fs.readFileSync(LINEAR_LEARNER));
    const tar = gunzipSync(fs.readFileSync(LINEAR_LEARNER));
    const zip = tar.subarray(512, 512 + Number.parseInt(tar.toString("latin1", 124, 135), 8));
    const entry = (name: string) => {
      const start = zip.indexOf(name) + name.length;
      const size = zip.readUInt32LE(zip.indexOf(name) - 30 + 18);
      return { name, content: zip.subarray(start, start + size) };
    };
    const older = await read(await packTarGz(entry("mx-mod-symbol.json"), entry("mx-mod-0000.params")));
    assert.deepEqual(older.model, model);
    await older.dispose();
  });

  it("turns models of XGBoost and LightGBM into ONNX, and takes model.onnx before them", async () => {
    const trees = (name: string) => fs.readFileSync(path.join(TREES, name));
    const early = trees("xgboost-3.2.0/early-stopping.json");
    const allRounds = Buffer.from(early.toString().replace("scikit_learn", "another"));
    const modelOf = async (...entries: TarEntry[]) => (await read(await packTarGz(...entries))).model;
    for (const [name, content] of [
      ["model.json", trees("xgboost-3.2.0/binary.json")],
      ["model.ubj", trees("xgboost-3.2.0/binary.ubj")],
      ["model.txt", trees("lightgbm-4.7.0/binary.txt")],
      ["xgboost-model", trees("rides/xgboost-model")],
    ] as const) {
      const model = await modelOf({ name, content });
      assert.equal(typeof model === "string" ? model : modelFormat(model), "onnx");
    }
    // SageMaker's container answers with the best rounds, whatever wrote the model.
    const best = await modelOf({ name: "xgboost-model", content: allRounds });
    assert.deepEqual(best, await modelOf({ name: "model.json", content: early }));
    assert.notDeepEqual(best, await modelOf({ name: "model.json", content: allRounds }));
    assert.deepEqual(
      await modelOf({ name: "model.json", content: early }, { name: "model.onnx", content: MODEL }),
      MODEL,
    );
  });

  it("rejects an archive that ends early, wherever that is", async () => {
    const whole = await packTarGz({ name: "model.onnx", content: MODEL });
    for (let length = 0; length < whole.length; length += 7) {
      assert.match(await rejection(whole.subarray(0, length)), /^The archive (cannot be read|holds neither)/);
    }
    const tar = gunzipSync(whole);
    assert.equal(
      await rejection(gzipSync(tar.subarray(0, 600))),
      "The archive cannot be read: Unexpected end of data",
    );
  });

  it("rejects a large model that ends early, without its file", async () => {
    const random = Buffer.alloc(10 * MIB, "0123456789abcdef".repeat(3));
    const tar = gunzipSync(await packTarGz({ name: "model.onnx", content: random }));
    assert.equal(
      await rejection(gzipSync(tar.subarray(0, 9 * MIB))),
      "The archive cannot be read: Unexpected end of data",
    );
  });

  it("keeps no file of a large model that something bad follows", async () => {
    const content = scaleModel(2, 9 * MIB);
    const link = { name: "passwords", type: "symlink", linkname: "/etc/passwd" } as const;
    assert.equal(
      await rejectionOf({ name: "model.onnx", content }, link),
      '"passwords" in the archive is a symlink; only files are taken',
    );
  });

  it("rejects a file that is not an archive", async () => {
    assert.equal(
      await rejection(Buffer.from("not gzip")),
      "The archive cannot be read: Unexpected end of data",
    );
    assert.match(
      await rejection(gzipSync(Buffer.alloc(2048, "x"))),
      /^The archive cannot be read: Invalid tar header/,
    );
  });

  const COMPRESSED = [
    ["a zip", Buffer.from(zipSync({ "model.onnx": MODEL }))],
    ["compressed by bzip2", Buffer.from("BZh91AY&SY")],
    ["compressed by xz", Buffer.from("fd377a585a000004", "hex")],
    ["compressed by Zstandard", Buffer.from("28b52ffd0458", "hex")],
  ] as const;
  for (const [what, archive] of COMPRESSED) {
    it(`names an archive that is ${what}, and says how to pack it`, async () => {
      assert.equal(
        await rejection(archive),
        `The archive is ${what}: pack it with \`tar -czf model.tar.gz model.onnx\``,
      );
    });
  }

  it("reads a plain tar, a tar from before 1988, and one with a volume's label", async () => {
    const packed = await packTarGz({ name: "model.onnx", content: MODEL });
    const tar = gunzipSync(packed);
    const old = Buffer.from(tar);
    old.fill(0, 257, 512);
    const label = Buffer.from(tar.subarray(0, 512));
    label.fill(0, 0, 100).write("weekly backup", 0);
    label.write("00000000000", 124);
    label.write("V", 156);
    const marked = Buffer.concat([withChecksum(label), tar]);
    for (const archive of [tar, withChecksum(old), marked, gzipSync(withChecksum(old)), gzipSync(marked)]) {
      const { model, dispose } = await read(archive);
      assert.deepEqual(model, MODEL);
      await dispose();
    }
  });

  it("finds a model one folder down, but prefers the one at the root", async () => {
    const other = scaleModel(3);
    const cases: [TarEntry[], Buffer][] = [
      [
        [
          { name: "model/", type: "directory" },
          { name: "model/model.onnx", content: other },
        ],
        other,
      ],
      [
        [
          { name: "model/model.onnx", content: other },
          { name: "model.onnx", content: MODEL },
        ],
        MODEL,
      ],
    ];
    for (const [entries, expected] of cases) {
      const { model, dispose } = await read(await packTarGz(...entries));
      assert.deepEqual(model, expected);
      await dispose();
    }
    assert.match(
      await rejectionOf({ name: "a/b/model.onnx", content: other }),
      /^The archive holds "a\/b\/model.onnx": /,
    );
  });

  it("names a model that has another name", async () => {
    assert.equal(
      await rejectionOf({ name: "churn.onnx", content: MODEL }),
      'The archive holds "churn.onnx": its model must be model.onnx, at its root or one folder down',
    );
  });

  it("gives the files that lie in the model's own folder, and no others", async () => {
    const archive = await packTarGz(
      { name: "weights.bin", content: "elsewhere" },
      { name: "model/weights.bin", content: "weights" },
      { name: "model/model.onnx", content: MODEL },
    );
    const { beside, dispose } = await read(archive);
    const content = await beside("weights.bin");
    assert.ok(content);
    assert.equal(await text(Readable.from(content)), "weights");
    for (const name of ["none.bin", "../weights.bin", "../../etc/passwd"]) {
      assert.equal(await beside(name), undefined, name);
    }
    await dispose();
  });

  it("rejects names that lead out of the archive", async () => {
    for (const name of ["../model.onnx", "a/../../model.onnx", "/model.onnx", "a\\..\\model.onnx"]) {
      const message = await rejectionOf({ name, content: MODEL });
      assert.equal(message, `${JSON.stringify(name)} in the archive leads out of it`);
    }
  });

  it("A model's archive with links or devices is rejected", async () => {
    for (const type of ["symlink", "link"] as const) {
      const message = await rejectionOf({ name: "model.onnx", type, linkname: "/etc/passwd" });
      assert.equal(message, `"model.onnx" in the archive is a ${type}; only files are taken`);
    }
    for (const type of ["character-device", "block-device", "fifo"] as const) {
      const message = await rejectionOf({ name: "model.onnx", type });
      assert.equal(message, `"model.onnx" in the archive is a ${type}; only files are taken`);
    }
  });

  it("stops at the limit, however small the archive is", async () => {
    const zeros = Buffer.alloc(20 * MIB);
    const bomb = await packTarGz({ name: "zeros", content: zeros }, { name: "model.onnx", content: MODEL });
    assert.ok(bomb.length < 64 * 1024);
    assert.match(await rejection(bomb, MIB), new RegExp(`The archive holds more than ${2 * MIB} bytes`));
    const model = await packTarGz({ name: "model.onnx", content: zeros });
    assert.match(await rejection(model, 10 * MIB), /more than 1\d+ bytes/);
    assert.match(
      await rejection(model, 19.5 * MIB),
      /^It has more than 20447232 bytes, the most that the function can load: /,
    );
  });

  it("A model's archive with thousands of files is rejected", async () => {
    const many = Array.from({ length: 101 }, (_, i) => ({ name: `${i}` }));
    assert.equal(await rejectionOf(...many), "The archive has more than 100 files");
  });

  it("rejects an archive without a model", async () => {
    assert.equal(
      await rejectionOf({ name: "model.pkl", content: "pickled" }),
      "The archive holds neither model.onnx nor a model of XGBoost or LightGBM (xgboost-model, model.json, model.ubj, model.txt) nor one of Linear Learner (model_algo-1 with mx-mod-symbol.json and mx-mod-0000.params)",
    );
  });

  describe("of a model_algo-1", () => {
    const rejectionOfZip = (zip: Uint8Array) => rejectionOf({ name: "model_algo-1", content: zip });

    it("rejects a zip that is not whole", async () => {
      const zip = zipSync({ "mx-mod-symbol.json": Buffer.from("{}") });
      assert.match(await rejectionOfZip(Buffer.from("zip")), /^model_algo-1 is no whole zip: /);
      assert.match(await rejectionOfZip(zip.subarray(0, 60)), /^model_algo-1 is no whole zip: /);
    });

    it("inflates nothing that declares more than the limit", async () => {
      const zip = zipSync({ "mx-mod-0000.params": new Uint8Array(17 * MIB) });
      assert.equal(await rejectionOfZip(zip), `model_algo-1 holds more than ${16 * MIB} bytes`);
    });

    it("is not deceived by an entry that declares less than it holds", async () => {
      const zip = Buffer.from(zipSync({ "mx-mod-0000.params": new Uint8Array(17 * MIB) }));
      const central = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
      zip.writeUInt32LE(10, central + 24);
      assert.match(await rejectionOfZip(zip), /^(The archive holds neither|model_algo-1 is no whole zip)/);
    });

    it("A model_algo-1 with many files is rejected", async () => {
      const names = Array.from({ length: 21 }, (_, i) => [`${i}`, new Uint8Array()]);
      assert.equal(
        await rejectionOfZip(zipSync(Object.fromEntries(names))),
        "model_algo-1 holds more than 20 files",
      );
    });
  });
});

/** Writes the checksum of the header that a tar begins with. */
function withChecksum(tar: Buffer): Buffer {
  tar.fill(" ", 148, 156);
  const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return tar;
}
