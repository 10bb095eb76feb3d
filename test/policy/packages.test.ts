import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import * as pulumi from "@pulumi/pulumi";
import { zipSync } from "fflate";
import tar from "tar-stream";
import { inspectFile } from "../../policy/lib/packages/inspectFile";
import { compareVersions, readElf } from "../../policy/lib/packages/readElf";
import { readPackage } from "../../policy/lib/packages/readPackage";
import { withUnknownChecks } from "../../policy/lib/unknownValues";
import { packageReadable } from "../../policy/rules/package/readable";
import { packageUnzippedSize } from "../../policy/rules/package/unzippedSize";
import { packageZippedSize } from "../../policy/rules/package/zippedSize";
import { judge } from "../helpers/policy/judge";
import { ruleResource } from "../helpers/policy/ruleResource";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

const ONNXRUNTIME = path.join(
  path.dirname(require.resolve("onnxruntime-node/package.json")),
  "bin/napi-v6/linux",
);

describe("packages", () => {
  let folder: string;

  before(() => {
    folder = fs.mkdtempSync(path.join(tmpdir(), "paddock-test-"));
  });

  after(() => {
    fs.rmSync(folder, { recursive: true });
  });

  function zip(name: string, files: Record<string, Uint8Array>, level: 0 | 9 = 9): string {
    const file = path.join(folder, name);
    fs.writeFileSync(file, zipSync(files, { level }));
    return file;
  }

  async function contents(source: unknown, root = folder) {
    const { files, zippedSize } = await readPackage(source, root);
    return { files: files.map(({ path, size }) => [path, size]), zippedSize };
  }

  it("A zip file is read, its path relative to the program, through the engine's proxy", async () => {
    const file = zip("a.zip", { "index.js": Buffer.from("1"), "model/a.onnx": Buffer.from("22") });
    const { code } = withUnknownChecks({ code: new pulumi.asset.FileArchive("a.zip") });
    assert.deepEqual(await contents(code), {
      files: [
        ["index.js", 1],
        ["model/a.onnx", 2],
      ],
      zippedSize: fs.statSync(file).size,
    });
  });

  it("A folder is read, and packed to be measured", async () => {
    fs.mkdirSync(path.join(folder, "code/model"), { recursive: true });
    fs.writeFileSync(path.join(folder, "code/model/a.onnx"), Buffer.alloc(5000));
    const read = await contents(new pulumi.asset.FileArchive("code"));
    assert.deepEqual(read.files, [["model/a.onnx", 5000]]);
    assert.ok(read.zippedSize < 500);
  });

  it("An AssetArchive of files, strings, folders, zip files and archives in archives is read", async () => {
    zip("nested.zip", { "b.js": Buffer.from("22") });
    fs.mkdirSync(path.join(folder, "lib"));
    fs.writeFileSync(path.join(folder, "lib/c.js"), "333");
    const code = new pulumi.asset.AssetArchive({
      "a.js": new pulumi.asset.StringAsset("1"),
      zipped: new pulumi.asset.FileArchive("nested.zip"),
      lib: new pulumi.asset.FileArchive("lib"),
      "d.js": new pulumi.asset.FileAsset("lib/c.js"),
      deep: new pulumi.asset.AssetArchive({ "e.js": new pulumi.asset.StringAsset("55555") }),
    });
    assert.deepEqual((await contents(code)).files, [
      ["a.js", 1],
      ["zipped/b.js", 2],
      ["lib/c.js", 3],
      ["d.js", 3],
      ["deep/e.js", 5],
    ]);
  });

  it("A package that is not a zip file is rejected in one line", async () => {
    fs.writeFileSync(path.join(folder, "broken.zip"), "not a zip");
    const code = new pulumi.asset.FileArchive("broken.zip");
    const stack = [ruleResource("aws:lambda/function:Function", "iris", { code: code as never })];
    const [run] = await judge([packageReadable], stack, { root: folder });
    assert.deepEqual(
      run?.verdicts.map(({ found }) => found),
      [
        "a package that cannot be opened (End of central directory record signature not found. Either not a zip file, or file is truncated.)",
      ],
    );
  });

  it("A package uploaded as an object of a bucket of the stack is found there", async () => {
    zip("layer.zip", { "a.so": Buffer.alloc(100) });
    const object = ruleResource("aws:s3/bucketObjectv2:BucketObjectv2", "layer", {
      source: new pulumi.asset.FileAsset("layer.zip") as never,
    });
    const other = ruleResource("aws:s3/bucketObjectv2:BucketObjectv2", "other", {
      source: new pulumi.asset.StringAsset("") as never,
    });
    const layer = ruleResource(
      "aws:lambda/layerVersion:LayerVersion",
      "layer",
      { s3Bucket: "b", s3Key: "k" },
      { to: { s3Key: object } },
    );
    const code = new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("1") });
    const fn = ruleResource(
      "aws:lambda/function:Function",
      "iris",
      { code: code as never, layers: ["arn"] },
      { to: { layers: layer } },
    );
    const runs = await judge([packageReadable, packageUnzippedSize], [other, object, layer, fn], {
      root: folder,
      limits: { maxBytes: 100 },
    });
    assert.deepEqual(
      runs.flatMap(({ verdicts }) => verdicts.map(({ found }) => found)),
      ["101 B unzipped with its layers (largest: layer: a.so 100 B; iris: index.js 1 B)"],
    );
  });

  it("A package at the limit passes with a warning, and a byte more does not", async () => {
    const outcome = async (bytes: number) => {
      const code = new pulumi.asset.FileArchive(zip(`${bytes}.zip`, { a: randomBytes(bytes) }, 0));
      const stack = [ruleResource("aws:lambda/function:Function", "iris", { code: code as never })];
      const runs = await judge([packageZippedSize], stack, { root: folder, limits: { maxBytes: 10_100 } });
      return runs.flatMap(({ verdicts }) => verdicts.map((verdict) => verdict.outcome));
    };
    // A zip of one stored file `a` has 100 bytes of headers.
    assert.deepEqual(
      [await outcome(10_001), await outcome(10_000), await outcome(7_980), await outcome(7_979)],
      [["violation"], ["warning"], ["warning"], []],
    );
  });

  it("Packages have Lambda's limits, in bytes", () => {
    assert.deepEqual(
      [packageZippedSize.limits, packageUnzippedSize.limits],
      [
        { maxBytes: 50 * 1024 * 1024, warnFrom: 0.8 },
        { maxBytes: 250 * 1024 * 1024, warnFrom: 0.8 },
      ],
    );
  });
});

describe("secrets in files", () => {
  const secretOf = async (name: string, text: string) => (await inspectFile(name, Buffer.from(text))).secret;

  it("A secret is found by its form and by secretlint, and documentation's examples are not secrets", async () => {
    const random = randomBytes(30).toString("base64").replace(/[+/=]/g, "a").padEnd(40, "b").slice(0, 40);
    assert.deepEqual(
      [
        await secretOf("a.js", `const key = "AKIA${"ABCD".repeat(4)}";`),
        await secretOf("a.cfg", `aws_secret_access_key = ${random}`),
        await secretOf("a.md", "AKIAIOSFODNN7EXAMPLE, wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        await secretOf("a.js", "const password = getPassword();"),
      ],
      ["an AWS access key", "AWS Secret Access Key", undefined, undefined],
    );
  });

  it("A secret in data and in an archive within the archive is found", async () => {
    const key = `AKIA${"ABCD".repeat(4)}`;
    assert.equal(await secretOf("a.bin", `\0\0 ${key} \0`), "an AWS access key");
    const inner = zipSync({ ".env": Buffer.from(`KEY=${key}`) });
    const code = new pulumi.asset.AssetArchive({
      "lib.zip": new pulumi.asset.FileAsset(writeTemporary("inner.zip", inner)),
    });
    const { files } = await readPackage(code, undefined);
    assert.deepEqual(
      files.map(({ path, secret }) => [path, secret]),
      [
        ["lib.zip", undefined],
        ["lib.zip!/.env", "an AWS access key"],
      ],
    );
  });

  it("Names that begin with `.` are of the root, as Pulumi packs them", async () => {
    const folder = temporaryFolder();
    fs.writeFileSync(path.join(folder, "a.js"), "");
    const code = new pulumi.asset.AssetArchive({
      ".": new pulumi.asset.FileArchive(folder),
      "./b.js": new pulumi.asset.StringAsset(""),
    });
    const { files } = await readPackage(code, undefined);
    assert.deepEqual(
      files.map((file) => file.path),
      ["a.js", "b.js"],
    );
  });

  it("A secret in a tar, zipped or plain, and in an archive within it is found", async () => {
    const key = `AKIA${"ABCD".repeat(4)}`;
    const inner = await tarOf({ ".env": Buffer.from(`KEY=${key}`) });
    const code = new pulumi.asset.AssetArchive({
      "a.tar": new pulumi.asset.FileAsset(writeTemporary("a.tar", inner)),
      "b.tgz": new pulumi.asset.FileAsset(
        writeTemporary("b.tgz", gzipSync(await tarOf({ "lib/a.tar": inner, "README.md": Buffer.from("#") }))),
      ),
      "c.tar": new pulumi.asset.StringAsset("not an archive at all"),
    });
    const { files } = await readPackage(code, undefined);
    assert.deepEqual(
      files.filter(({ secret }) => secret !== undefined).map(({ path }) => path),
      // A plain tar is data in which it is found as well.
      ["a.tar", "a.tar!/.env", "b.tgz!/lib/a.tar", "b.tgz!/lib/a.tar!/.env"],
    );
  });
});

async function tarOf(files: Readonly<Record<string, Buffer>>): Promise<Buffer> {
  const pack = tar.pack();
  for (const [name, content] of Object.entries(files)) pack.entry({ name }, content);
  pack.finalize();
  return buffer(pack);
}

function writeTemporary(name: string, bytes: Uint8Array): string {
  const file = path.join(temporaryFolder(), name);
  fs.writeFileSync(file, bytes);
  return file;
}

describe("native files", () => {
  const read = (file: string) => readElf(fs.readFileSync(path.join(ONNXRUNTIME, file)));

  it("ONNX Runtime's native files are read as readelf reads them", () => {
    assert.deepEqual(
      ["arm64", "x64"].map((cpu) => [
        read(`${cpu}/onnxruntime_binding.node`),
        read(`${cpu}/libonnxruntime.so.1`),
      ]),
      [
        [
          { architecture: "arm64", glibc: "2.17", musl: false },
          { architecture: "arm64", glibc: "2.28", musl: false },
        ],
        [
          { architecture: "x86_64", glibc: "2.14", musl: false },
          { architecture: "x86_64", glibc: "2.28", musl: false },
        ],
      ],
    );
  });

  it("Native files that are cut off are damaged, wherever the cut is", async () => {
    const whole = fs.readFileSync(path.join(ONNXRUNTIME, "x64/onnxruntime_binding.node"));
    assert.deepEqual((await inspectFile("a.node", whole.subarray(0, 2000))).native, {
      format: "damaged",
      reason: "an ELF file that is cut off",
    });
    for (let length = 0; length < whole.length; length += 997)
      await inspectFile("a.node", whole.subarray(0, length));
  });

  it("Native files are distinguished from other files by their content", async () => {
    const bytes = (...head: number[]) => Buffer.concat([Buffer.from(head), Buffer.alloc(100)]);
    const windows = bytes(0x4d, 0x5a);
    windows.writeUInt32LE(70, 60);
    windows.write("PE\0\0", 70, "latin1");
    const formats = {
      "64-bit macOS": bytes(0xcf, 0xfa, 0xed, 0xfe),
      "universal macOS": bytes(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2),
      "a Java class": bytes(0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 52),
      Windows: windows,
      "a text that begins with MZ": Buffer.from("MZ".padEnd(100)),
      "32-bit ELF": bytes(0x7f, 0x45, 0x4c, 0x46, 1, 1),
      JavaScript: Buffer.from("module.exports = 1;"),
      nothing: Buffer.alloc(0),
    };
    assert.deepEqual(
      await Promise.all(
        Object.entries(formats).map(async ([name, content]) => [
          name,
          (await inspectFile("a", content)).native?.format,
        ]),
      ),
      [
        ["64-bit macOS", "Mach-O"],
        ["universal macOS", "Mach-O"],
        ["a Java class", undefined],
        ["Windows", "Windows"],
        ["a text that begins with MZ", undefined],
        ["32-bit ELF", "ELF"],
        ["JavaScript", undefined],
        ["nothing", undefined],
      ],
    );
  });

  it("Versions of glibc are ordered by number", () => {
    assert.deepEqual(["2.28", "2.9", "2.2.5", "2.17"].sort(compareVersions), [
      "2.2.5",
      "2.9",
      "2.17",
      "2.28",
    ]);
  });
});
