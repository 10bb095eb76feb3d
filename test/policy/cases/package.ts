import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { packageArchitecture } from "../../../policy/rules/package/architecture";
import { packageBallast } from "../../../policy/rules/package/ballast";
import { packageGlibc } from "../../../policy/rules/package/glibc";
import { packageLayers } from "../../../policy/rules/package/layers";
import { packageOnnxruntimeOnce } from "../../../policy/rules/package/onnxruntimeOnce";
import { packageReadable } from "../../../policy/rules/package/readable";
import { packageSecrets } from "../../../policy/rules/package/secrets";
import { packageUnzippedSize } from "../../../policy/rules/package/unzippedSize";
import { packageZippedSize } from "../../../policy/rules/package/zippedSize";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { type RuleResourceOptions, ruleResource } from "../../helpers/policy/ruleResource";

const ONNXRUNTIME = path.join(path.dirname(require.resolve("onnxruntime-node/package.json")), "bin/napi-v6");

type Files = Readonly<Record<string, string | pulumi.asset.Asset>>;

/** An archive of texts and of assets. */
function archive(files: Files): pulumi.asset.AssetArchive {
  const assets = Object.entries(files).map(([name, file]) => [
    name,
    typeof file === "string" ? new pulumi.asset.StringAsset(file) : file,
  ]);
  return new pulumi.asset.AssetArchive(Object.fromEntries(assets));
}

/** onnxruntime-node's native file for a platform, as it was installed. */
function native(platform: string): pulumi.asset.FileAsset {
  return new pulumi.asset.FileAsset(path.join(ONNXRUNTIME, platform, "onnxruntime_binding.node"));
}

function fn(files: Files, inputs: object = {}, options: RuleResourceOptions = {}) {
  const code = archive(files);
  return ruleResource(
    "aws:lambda/function:Function",
    "iris",
    { architectures: ["arm64"], runtime: "nodejs24.x", ...inputs, code: code as never },
    options,
  );
}

function layer(files: Files) {
  return ruleResource("aws:lambda/layerVersion:LayerVersion", "native", { code: archive(files) as never });
}

const withLayer = (files: Files, inputs: object = {}) => {
  const native = layer(files);
  return [native, fn({ "index.js": "" }, { layers: ["native"], ...inputs }, { to: { layers: native } })];
};

export const packageCases: readonly RuleCases[] = [
  {
    rule: packageZippedSize,
    limits: { maxBytes: 1000 },
    passes: {
      "a small one": [fn({ "index.js": "1" })],
      "code in a bucket": [
        ruleResource("aws:lambda/function:Function", "iris", { s3Bucket: "b", s3Key: "k" }),
      ],
    },
    fails: {
      "one over the limit": {
        stack: [fn({ "index.js": randomText(1200) })],
        says: [
          "iris: 1.1 KB zipped (AssetArchive of index.js; largest: index.js 1.2 KB); allowed: at most 1000 B",
        ],
      },
      "one from 80 % of the limit, as a warning": {
        stack: [fn({ "index.js": randomText(950) })],
        says: [
          "(warning) iris: 916 B zipped (AssetArchive of index.js; largest: index.js 950 B); allowed: at most 1000 B",
        ],
      },
    },
  },
  {
    rule: packageUnzippedSize,
    limits: { maxBytes: 5000 },
    passes: { "a function and its layer that fit": withLayer({ a: "x".repeat(3999) }) },
    fails: {
      "a layer that makes it too large, with the largest files": {
        stack: withLayer({ a: "x".repeat(4000), b: "x".repeat(1100), c: "x".repeat(3), d: "x" }),
        says: [
          "iris: 5.0 KB unzipped with its layers (largest: native: a 3.9 KB; native: b 1.1 KB; native: c 3 B); allowed: at most 4.9 KB",
        ],
      },
      "80 % of the limit, as a warning": {
        stack: [fn({ "index.js": "x".repeat(4000) })],
        says: [
          "(warning) iris: 3.9 KB unzipped with its layers (largest: iris: index.js 3.9 KB); allowed: at most 4.9 KB",
        ],
      },
    },
  },
  {
    rule: packageLayers,
    passes: { "five layers": [fn({}, { layers: ["a", "b", "c", "d", "e"] })] },
    fails: {
      "six layers": {
        stack: [fn({}, { layers: ["a", "b", "c", "d", "e", "f"] })],
        says: ["iris: 6 layers; allowed: at most 5"],
      },
    },
  },
  {
    rule: packageReadable,
    passes: {
      "an archive and a layer of the stack": withLayer({ a: "" }),
      "an image": [
        ruleResource("aws:lambda/function:Function", "iris", { packageType: "Image", imageUri: "uri" }),
      ],
    },
    fails: {
      "an archive that is not there": {
        stack: [
          ruleResource("aws:lambda/function:Function", "iris", {
            code: new pulumi.asset.FileArchive("/no/such.zip") as never,
          }),
        ],
        says: [
          "iris: a package that cannot be opened (there is no /no/such.zip); allowed: archives of files on this machine",
        ],
      },
      "a remote archive": {
        stack: [
          ruleResource("aws:lambda/layerVersion:LayerVersion", "native", {
            code: new pulumi.asset.RemoteArchive("https://example.com/a.zip") as never,
          }),
        ],
        says: [
          "native: a package that cannot be opened (only archives of files on this machine can be opened); allowed: archives of files on this machine",
        ],
      },
      "code in a bucket that is not of the stack": {
        stack: [ruleResource("aws:lambda/function:Function", "iris", { s3Bucket: "b", s3Key: "k" })],
        says: [
          "iris: a package that cannot be opened (its code is not of this stack); allowed: archives of files on this machine",
        ],
      },
      "another account's layer": {
        stack: [fn({ "index.js": "" }, { layers: ["arn:aws:lambda:us-east-1:1:layer:other:1"] })],
        says: ["iris: 1 of its layers not of this stack; allowed: layers of this stack"],
      },
    },
  },
  {
    rule: packageArchitecture,
    passes: {
      "a layer of the function's architecture": withLayer({ "a.node": native("linux/arm64") }),
      "x86_64, which is the default": withLayer(
        { "a.node": native("linux/x64") },
        { architectures: undefined },
      ),
    },
    fails: {
      "a layer of the other architecture": {
        stack: withLayer({ "a.node": native("linux/x64") }),
        says: ["iris: native: a.node is x86_64; allowed: ELF for arm64"],
      },
      "libraries of other systems": {
        stack: [fn({ "a.node": native("darwin/arm64"), "b.node": native("win32/arm64") })],
        says: [
          "iris: iris: a.node is a library for macOS; allowed: ELF for arm64",
          "iris: iris: b.node is a library for Windows; allowed: ELF for arm64",
        ],
      },
    },
  },
  {
    rule: packageGlibc,
    limits: { runtimes: ["nodejs18.x 2.12", "nodejs24.x 2.34"] },
    passes: {
      "a library that needs an older one": withLayer({ "a.node": native("linux/arm64") }),
      "no library": [fn({ "index.js": "" })],
    },
    fails: {
      "a library that needs a newer one": {
        stack: withLayer({ "a.node": native("linux/arm64") }, { runtime: "nodejs18.x" }),
        says: ["iris: native: a.node needs glibc 2.17; allowed: at most 2.12 (nodejs18.x)"],
      },
      "a runtime whose glibc is not known": {
        stack: [fn({ "a.node": native("linux/x64") }, { runtime: "python3.13" })],
        says: [
          "iris: iris: a.node needs glibc 2.14; allowed: nothing: the glibc of python3.13 is not in this rule's list",
        ],
      },
    },
  },
  {
    rule: packageOnnxruntimeOnce,
    passes: {
      "one in a layer, of several files": withLayer({
        "a/onnxruntime_binding.node": "",
        "a/libonnxruntime.so.1": "",
      }),
      "a function without": [fn({ "index.js": "" })],
    },
    fails: {
      "two platforms, and one in a layer": {
        stack: (() => {
          const own = layer({ "nodejs/onnxruntime_binding.node": "" });
          const files = {
            "linux/arm64/onnxruntime_binding.node": "",
            "linux/x64/onnxruntime_binding.node": "",
            "linux/x64/libonnxruntime.so.1": "",
          };
          return [own, fn(files, { layers: ["native"] }, { to: { layers: own } })];
        })(),
        says: ["iris: 3 copies (iris: linux/arm64; iris: linux/x64; native: nodejs); allowed: one"],
      },
    },
  },
  {
    rule: packageBallast,
    passes: { "a bundle and a model": [fn({ "index.js": "", "model/latest.onnx": "" })] },
    fails: {
      "source maps, tests and version control": {
        stack: [fn({ "index.js.map": "{}", "test/a.js": "", "a.spec.mjs": "", ".git/HEAD": "" })],
        says: [
          "iris: 4 files (2 B) that nothing loads: index.js.map 2 B; test/a.js 0 B; a.spec.mjs 0 B; allowed: none of them",
        ],
      },
    },
  },
  {
    rule: packageSecrets,
    passes: {
      "words about secrets": [
        fn({ "index.js": "const PASSWORD = env.PASSWORD; // AKIAIOSFODNN7EXAMPLE", "key.md": "" }),
      ],
    },
    fails: {
      "files that are for secrets": {
        stack: [fn({ ".env.local": "", "tls/server.key": "" })],
        says: [
          "iris: .env.local is or holds a file for secrets; allowed: no secrets",
          "iris: tls/server.key is or holds a file for secrets; allowed: no secrets",
        ],
      },
      "keys in other files": {
        stack: [
          layer({
            "index.js": `const key = "AKIA${"ABCD".repeat(4)}"`,
            "a.txt": `-----BEGIN RSA PRIVATE KEY-----\n${"MIIE".repeat(10)}`,
          }),
        ],
        says: [
          "native: index.js is or holds an AWS access key; allowed: no secrets",
          "native: a.txt is or holds a private key; allowed: no secrets",
        ],
      },
    },
  },
];

/** Text that hardly shrinks, the same at each run: so large a zip holds nearly as many bytes. */
function randomText(bytes: number): string {
  let state = 1;
  return Array.from({ length: bytes }, () => {
    state = (state * 48271) % 2147483647;
    return String.fromCharCode(33 + (state % 93));
  }).join("");
}
