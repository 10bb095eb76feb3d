import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { type Zippable, zipSync } from "fflate";
import { packageBroken } from "../../../policy/rules/package/broken";
import { packageFileModes } from "../../../policy/rules/package/fileModes";
import { packageHandler } from "../../../policy/rules/package/handler";
import { packageLayerFolders } from "../../../policy/rules/package/layerFolders";
import { packageLfsPointers } from "../../../policy/rules/package/lfsPointers";
import { packageMusl } from "../../../policy/rules/package/musl";
import { packagePaths } from "../../../policy/rules/package/paths";
import type { RuleCases } from "../../helpers/policy/ruleCases";
import { ruleResource } from "../../helpers/policy/ruleResource";

const FOLDER = fs.mkdtempSync(path.join(tmpdir(), "paddock-test-"));
process.once("exit", () => fs.rmSync(FOLDER, { recursive: true, force: true }));

let count = 0;

/** A zip file; `rename` is done to its bytes, since no library writes such archives. */
function zipped(files: Zippable, rename?: readonly [string, string]): pulumi.asset.FileArchive {
  const file = path.join(FOLDER, `${count++}.zip`);
  const text = Buffer.from(zipSync(files, { level: 0 })).toString("latin1");
  fs.writeFileSync(file, rename ? text.replaceAll(...rename) : text, "latin1");
  return new pulumi.asset.FileArchive(file);
}

function fn(code: pulumi.asset.Archive, inputs: object = {}) {
  const own = { handler: "index.handler", runtime: "nodejs24.x", code: code as never, ...inputs };
  return ruleResource("aws:lambda/function:Function", "iris", own);
}

const strings = (files: Readonly<Record<string, string>>) =>
  new pulumi.asset.AssetArchive(
    Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, new pulumi.asset.StringAsset(text)]),
    ),
  );

const layer = (files: Readonly<Record<string, string>>) =>
  ruleResource("aws:lambda/layerVersion:LayerVersion", "it", { code: strings(files) as never });

const withMode = (mode: number): Zippable => ({
  "index.js": [Buffer.from("exports.handler = 1"), { os: 3, attrs: mode << 16 }],
});

/** The head of an ELF file for x86_64 that asks for a loader. */
function elf(loader: string): string {
  const head = Buffer.alloc(64);
  head.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  head.writeUInt16LE(62, 18);
  return head.toString("latin1") + loader;
}

/** Rules about what is in a package. */
export const packageContentsCases: readonly RuleCases[] = [
  {
    rule: packageHandler,
    passes: {
      "a function of CommonJS": [fn(strings({ "index.js": "exports.handler = async () => 1;" }))],
      "a bundle of esbuild": [
        fn(strings({ "index.js": "var y={};x(y,{handler:()=>z});module.exports=w(y);async function z(){}" })),
      ],
      "a module in a folder": [
        fn(strings({ "src/index.mjs": "export async function handler() {}" }), {
          handler: "src/index.handler",
        }),
      ],
      "a list of exports": [fn(strings({ "index.mjs": "const a = 1; export { a as handler };" }))],
      "Python, a module in a package": [
        fn(strings({ "app/main.py": "def run(event, context):\n  pass\n" }), {
          handler: "app.main.run",
          runtime: "python3.13",
        }),
      ],
      "another language's": [
        fn(strings({ bootstrap: "" }), { runtime: "provided.al2023", handler: "bootstrap" }),
      ],
    },
    fails: {
      "a file that is not there": {
        stack: [fn(strings({ "dist/index.js": "exports.handler = 1" }))],
        says: [
          "iris: no index.js or index.mjs or index.cjs, but dist/index.js; allowed: the handler's file at its path",
        ],
      },
      "an export that is not there": {
        stack: [fn(strings({ "index.js": "// the handler\nexports.main = async () => 1;" }))],
        says: ["iris: index.js without an export `handler`; allowed: the handler index.handler"],
      },
      "a function of Python that is not there": {
        stack: [
          fn(strings({ "app.py": "def main(event, context):\n  handler = 1\n" }), {
            handler: "app.handler",
            runtime: "python3.13",
          }),
        ],
        says: ["iris: app.py without an export `handler`; allowed: the handler app.handler"],
      },
    },
  },
  {
    rule: packageFileModes,
    passes: {
      "files that everyone may read": [fn(zipped(withMode(0o100644)))],
      "an archive without modes": [fn(strings({ "index.js": "" }))],
    },
    fails: {
      "a file for its owner only": {
        stack: [fn(zipped(withMode(0o100600)))],
        says: ["iris: index.js has mode 0600; allowed: 0644 or 0755"],
      },
      "a link": {
        stack: [fn(zipped(withMode(0o120777)))],
        says: ["iris: index.js is a symbolic link; allowed: files"],
      },
    },
  },
  {
    rule: packagePaths,
    passes: { "paths of their own": [fn(zipped({ "a.js": Buffer.from(""), "b.js": Buffer.from("") }))] },
    fails: {
      "one path twice": {
        stack: [fn(zipped({ "a.js": Buffer.from(""), "b.js": Buffer.from("") }, ["b.js", "a.js"]))],
        says: ["iris: a.js twice; allowed: one file for each path"],
      },
      "names that differ in case": {
        stack: [fn(zipped({ "a.js": Buffer.from(""), "A.js": Buffer.from("") }))],
        says: ["(warning) iris: a.js and A.js; allowed: names that differ in more than case"],
      },
      "a backslash": {
        stack: [fn(zipped({ "a/b.js": Buffer.from("") }, ["a/b.js", "a\\b.js"]))],
        says: ["iris: the path a\\b.js; allowed: relative paths with `/`"],
      },
    },
  },
  {
    rule: packageLayerFolders,
    passes: { "a package of Node.js": [layer({ "nodejs/node_modules/a/index.js": "" })] },
    fails: {
      "modules at the root": {
        stack: [layer({ "node_modules/a/index.js": "", "a.txt": "" })],
        says: ["it: only node_modules, a.txt; allowed: nodejs/, python/, lib/, bin/"],
      },
    },
  },
  {
    rule: packageLfsPointers,
    passes: { "the file itself": [fn(strings({ "model.onnx": "weights" }))] },
    fails: {
      "a pointer": {
        stack: [
          fn(strings({ "model.onnx": "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n" })),
        ],
        says: ["iris: model.onnx is a pointer of Git LFS; allowed: the file itself"],
      },
    },
  },
  {
    rule: packageMusl,
    passes: { "a library for glibc": [fn(strings({ "a.node": elf("/lib64/ld-linux-x86-64.so.2") }))] },
    fails: {
      "a library of Alpine's": {
        stack: [fn(strings({ "a.node": elf("/lib/ld-musl-x86_64.so.1") }))],
        says: ["iris: iris: a.node is for musl; allowed: glibc"],
      },
    },
  },
  {
    rule: packageBroken,
    passes: {
      "code that lies elsewhere": [ruleResource("aws:lambda/function:Function", "iris", { s3Bucket: "b" })],
      "an archive": [fn(strings({ "index.js": "" }))],
    },
    fails: {
      "an archive that is not there": {
        stack: [fn(new pulumi.asset.FileArchive("/no/such.zip"))],
        says: ["iris: a broken package (there is no /no/such.zip); allowed: a zip file or a folder"],
      },
    },
  },
];
