import fs from "node:fs";
import path from "node:path";
import { Readable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { jsonTarget } from "../../../functions/batch/jsonTarget";
import { readRows } from "../../../functions/batch/readFile";
import { decodeImage } from "../../../functions/image-validation/decodeImage";
import { createEvaluator } from "../../../functions/shared/evaluator/evaluator";
import { linearLearnerToOnnx } from "../../../functions/shared/linearLearner/linearLearnerToOnnx";
import { readModelZip } from "../../../functions/shared/linearLearner/readModelZip";
import { readArchive } from "../../../functions/shared/modelStore/readArchive";
import { inMemory } from "../../../functions/shared/modelStore/spool";
import { npyToFloat32 } from "../../../functions/shared/npy/npyToFloat32";
import { readNpy } from "../../../functions/shared/npy/readNpy";
import { readOnnx } from "../../../functions/shared/onnx/readOnnx";
import { asOnnx } from "../../../functions/shared/trees/asOnnx";
import { readGeoTiff } from "../../../functions/smoke-segmentation/geoTiff/readGeoTiff";

const ROOT = path.resolve(__dirname, "../../..");
const FIXTURES = path.join(ROOT, "test/fixtures");
const MIB = 1024 * 1024;

/** A format of files that callers send, or that lie in buckets. */
export interface Format {
  readonly name: string;
  /** Sources whose branches are counted, from the project's root. */
  readonly parsers: readonly string[];
  /** How much of the count it takes; images take longer. */
  readonly share: number;
  corpus(): Promise<readonly Buffer[]> | readonly Buffer[];
  parse(bytes: Buffer): Promise<unknown> | unknown;
  /** Takes any error for a rejection: its caller does. @default BrokenModel and errors below 500 only */
  readonly anyError?: true;
}

const archive = () => fs.readFileSync(path.join(FIXTURES, "linear-learner/binary/model.tar.gz"));

export const FORMATS: readonly Format[] = [
  {
    name: ".npy",
    parsers: ["functions/shared/npy/(?!zeroNpy)"],
    share: 3,
    corpus: () => [...filesIn("npy/files"), ...filesIn("npy/refused")],
    async parse(bytes) {
      const array = await readNpy(chunksOf(bytes), bytes.length, ({ elements }) => {
        if (elements > MIB) throw new TooManyElements();
      });
      return npyToFloat32(array);
    },
  },
  {
    name: "GeoTIFF",
    parsers: ["functions/smoke-segmentation/geoTiff/(?!write)"],
    share: 2,
    corpus: () => filesIn("geotiff").filter((bytes) => /^(II|MM)/.test(bytes.toString("latin1", 0, 2))),
    async parse(bytes) {
      return npyToFloat32(
        await readGeoTiff(bytes, ({ shape }) => {
          if (shape.reduce((product, size) => product * size, 1) > MIB) throw new TooManyElements();
        }),
      );
    },
  },
  {
    name: "tar.gz",
    parsers: [
      "functions/shared/modelStore/(readArchive|compressionOf|spool)",
      "functions/shared/linearLearner/",
    ],
    share: 3,
    corpus: () => [gunzipSync(archive()), ...ridesArchives().map((bytes) => gunzipSync(bytes))],
    async parse(bytes) {
      const model = await readArchive(Readable.from(chunksOf(gzipSync(bytes, { level: 1 }))), 16 * MIB);
      await model.dispose();
    },
  },
  {
    name: "gzip",
    parsers: ["functions/shared/modelStore/(readArchive|compressionOf|spool)"],
    share: 1,
    corpus: () => [archive(), ...ridesArchives()],
    async parse(bytes) {
      const model = await readArchive(Readable.from(chunksOf(bytes)), 16 * MIB);
      await model.dispose();
    },
  },
  {
    name: "zip",
    parsers: ["functions/shared/linearLearner/readModelZip"],
    share: 3,
    corpus: async () => [await zipOf(archive())],
    parse: (bytes) => readModelZip(bytes, 16 * MIB),
  },
  {
    name: "params",
    parsers: [
      "functions/shared/linearLearner/(readNdArrays|byteReader|readLinearSymbol|linearLearnerToOnnx)",
    ],
    share: 3,
    corpus: () => paramsOf("mx-mod-0000.params"),
    parse: async (bytes) => linearLearnerToOnnx(await symbol(), bytes),
  },
  {
    name: "symbol",
    parsers: ["functions/shared/linearLearner/(readLinearSymbol|linearLearnerToOnnx)"],
    share: 1,
    corpus: () => paramsOf("mx-mod-symbol.json"),
    parse: async (bytes) => linearLearnerToOnnx(bytes, (await paramsOf("mx-mod-0000.params"))[0] as Buffer),
  },
  {
    name: "ONNX",
    parsers: ["functions/shared/onnx/(byteSource|protobuf|readOnnx)"],
    share: 3,
    corpus: () => onnxModels(),
    parse: (bytes) => readOnnx(bytes),
  },
  {
    name: "ONNX, by the evaluator",
    parsers: ["functions/shared/evaluator/"],
    share: 2,
    corpus: () => onnxModels(),
    parse: (bytes) => createEvaluator(bytes),
    anyError: true,
  },
  {
    name: "trees",
    parsers: ["functions/shared/trees/"],
    share: 3,
    corpus: () => treeModels(),
    parse: (bytes) => asOnnx(inMemory(bytes), 16 * MIB),
  },
  {
    name: "images",
    parsers: ["functions/image-validation/(decodeImage|jpegPrecision|imageFormat)"],
    share: 0.5,
    corpus: () => filesIn("images").filter((bytes) => !bytes.toString("latin1", 0, 200).includes("import")),
    parse: (bytes) => decodeImage(bytes),
  },
  {
    name: "rows of a batch",
    parsers: ["functions/batch/(readFile|jsonTarget|exactJson)"],
    share: 2,
    corpus: () => [
      Buffer.from('\ufeffa,b, name\r\n1,-2.5e3,007\r\n,12345678901234567890,"x, ""y""\nz"\r\n1,2\r\n'),
      Buffer.from('{"a": 9007199254740993, "b": [[1], {"c": null}]}\n\n{"a": 1e9}\n[1]\n"x"'),
    ],
    async parse(bytes) {
      for (const format of ["jsonl", "csv"] as const) await readBatch(bytes, format);
    },
  },
];

/** Reads rows as a batch does, up to the requests that they become. */
async function readBatch(bytes: Buffer, format: "jsonl" | "csv"): Promise<void> {
  const properties = { a: { type: "number" }, name: { type: "string" } };
  const target = jsonTarget({ request: { properties, required: ["a"] }, rows: {} });
  const file = { bytes: bytes.length, chunks: (from: number) => chunksOf(bytes.subarray(from)) };
  for await (const row of readRows(file, format, 0)) {
    if (row.kind === "wrong") continue;
    JSON.parse(target.writeRequest([target.readRow(row)]));
  }
}

/** The campaign itself reads a file no further, as endpoints read no scene over their limits. */
export class TooManyElements extends Error {}

/** A stream gives a file in pieces that follow no border of the format. */
async function* chunksOf(bytes: Buffer): AsyncGenerator<Buffer> {
  const size = 1 + (bytes.length % 997);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function filesIn(folder: string): Buffer[] {
  const at = path.join(FIXTURES, folder);
  return fs
    .readdirSync(at, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(md|py|txt)$/.test(entry.name))
    .map(({ name }) => fs.readFileSync(path.join(at, name)));
}

function onnxModels(): Buffer[] {
  return [...filesIn("onnx"), ...filesIn("skl2onnx")].filter((bytes) => bytes.length < 256 * 1024);
}

function treeModels(): Buffer[] {
  const folder = path.join(FIXTURES, "trees");
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(json|ubj|txt|model|bin)$/.test(file) && !/(rows|expected|requirements)/.test(file))
    .map((file) => fs.readFileSync(path.join(folder, file)))
    .filter((bytes) => bytes.length < 256 * 1024);
}

function ridesArchives(): Buffer[] {
  const folder = path.join(ROOT, "functions/pricing/model/breeds");
  return fs.readdirSync(folder).map((breed) => fs.readFileSync(path.join(folder, breed, "model.tar.gz")));
}

/** `model_algo-1` of an archive. */
async function zipOf(bytes: Buffer): Promise<Buffer> {
  const tar = gunzipSync(bytes);
  const start = tar.indexOf("PK\u0003\u0004");
  return tar.subarray(start);
}

const models = ["binary", "multiclass", "regressor"];

async function paramsOf(file: string): Promise<Buffer[]> {
  const zips = await Promise.all(
    models.map((name) => zipOf(fs.readFileSync(path.join(FIXTURES, "linear-learner", name, "model.tar.gz")))),
  );
  return zips.flatMap((zip) => readModelZip(zip, 16 * MIB).get(file) ?? []);
}

let firstSymbol: Buffer | undefined;

async function symbol(): Promise<Buffer> {
  firstSymbol ??= (await paramsOf("mx-mod-symbol.json"))[0] ?? Buffer.alloc(0);
  return firstSymbol;
}
