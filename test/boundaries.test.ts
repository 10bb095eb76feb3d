import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { sourcesIn } from "./helpers/sources/sourcesIn";

const ROOT = path.resolve(__dirname, "..");
const FOLDERS = ["infra", "functions"];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const imports = FOLDERS.flatMap(sourcesIn).flatMap(importsOf);

const SOURCES = ["bench", "bin", "functions", "infra", "local", "policy"].flatMap(sourcesIn).sort();
const TESTS = sourcesIn("test");

/** Holds what Biome's rules (biome.json) cannot say: they see one import at a time, and types like values. */
describe("imports", () => {
  it("Imports of infra/ are found by this test", () => {
    assert.ok(
      imports.some(({ from, to }) => from === "infra/endpoint.ts" && to === "infra/inferenceFunction"),
    );
  });

  it("of infra/ take only types from functions/", () => {
    const values = imports.filter(
      ({ from, to, typeOnly }) => isIn(from, "infra") && isIn(to, "functions") && !typeOnly,
    );
    assert.deepEqual(values, []);
  });

  it("of an endpoint's folder reach no other endpoint: what two need is shared", () => {
    const across = imports.filter(({ from, to }) => {
      const [, own] = from.split("/");
      const [folder, other] = to.split("/");
      return isIn(from, "functions") && folder === "functions" && other !== own && other !== "shared";
    });
    assert.deepEqual(across, []);
  });

  it("load each client of the AWS SDK from one file of functions/ only, which is loaded when first needed", () => {
    const users = imports.filter(
      ({ from, to, typeOnly }) => isIn(from, "functions") && to.startsWith("@aws-sdk/") && !typeOnly,
    );
    assert.deepEqual([...new Set(users.map(({ from }) => from))].sort(), [
      "functions/shared/lambdaClient.ts",
      "functions/shared/s3Client.ts",
      "functions/shared/sageMakerClient.ts",
    ]);
  });

  it("load the library that reads GeoTIFFs from a file of its own", () => {
    const users = imports.filter(({ to, typeOnly }) => to === "geotiff" && !typeOnly);
    assert.deepEqual(
      users.map(({ from }) => from),
      ["functions/smoke-segmentation/geoTiff/geoTiffLibrary.ts"],
    );
  });
});

/** Files that replace others in one step, each with what the helpers of its folder cannot do for it. */
const RENAMING: Readonly<Record<string, string>> = {
  "bin/lib/newEndpoint/newEndpoint.ts": "moves a folder into place when it is whole",
  "functions/model-sync/copyFile.ts": "goes on with what an earlier call left",
  "functions/shared/modelStore/placeExternalFiles.ts": "moves a file that is there",
  "functions/shared/volume/replaceFile.ts": "is the helper",
  "infra/packaging/files.ts": "is the helper",
  "local/cli/logFiles.ts": "moves a log that is full",
  "local/resources/files.ts": "is the helper",
  "local/services/s3/store/journal.ts": "writes line by line",
};

/** Exports that no other source uses, each with who does. */
const USED_FROM_OUTSIDE: Readonly<Record<string, string>> = {
  "bench/footprint/compareCounts.ts countedBy": "the test that strace counts for",
  "bin/lib/prove/echo/index.ts echoName": "recordings, which put its name in place of its value",
  "bin/lib/unusableGrants.ts staleReasons": "the contract suite, which writes the report",
  ...Object.fromEntries(
    ["eventStreamSerdeProvider", "EventStreamSerde", "resolveEventStreamSerdeConfig"].map((name) => [
      `functions/shared/noEventStreams.ts ${name}`,
      "the AWS SDK, in bundles",
    ]),
  ),
};

describe("sources", () => {
  it("replace files in one step by their folder's helper", () => {
    const found = SOURCES.filter((file) => /\brename(Sync)?\(/.test(read(file)));
    assert.deepEqual(found, Object.keys(RENAMING));
  });

  it("of more than 250 lines say at their top why they are not split", () => {
    const long = SOURCES.filter((file) => read(file).split("\n").length > 251).filter(
      (file) => !/^\/\/ One file, although (it is )?long: \S/m.test(read(file).slice(0, 500)),
    );
    assert.deepEqual(long, []);
  });

  it("are type-checked, by the project's settings or those of the page", () => {
    const checked = new Set(["tsconfig.json", "local/page/client/tsconfig.json"].flatMap(filesOf));
    const all = ["index.ts", ...SOURCES, ...TESTS, ...sourcesIn("docs")];
    assert.deepEqual(
      all.filter((file) => !checked.has(path.join(ROOT, file))),
      [],
    );
  });

  it("are named by local/README.md as they are called", () => {
    const named = read("local/README.md").match(/[\w./]*\w\.ts\b/g) ?? [];
    const local = SOURCES.filter((file) => file.startsWith("local/"));
    const unknown = named.filter(
      (name) => !local.some((file) => file.endsWith(`/${name.replace(/^\.\.\//, "")}`)),
    );
    assert.deepEqual([named.length > 20, unknown], [true, []]);
  });

  it("export what another source uses, or their own file and a test", () => {
    const words = new Map(["index.ts", ...SOURCES].map((file) => [file, read(file).match(/\w+/g) ?? []]));
    const tested = new Set(TESTS.flatMap((file) => read(file).match(/\w+/g) ?? []));
    const users = new Map<string, number>();
    for (const used of words.values()) {
      for (const word of new Set(used)) users.set(word, (users.get(word) ?? 0) + 1);
    }
    // The pack requires every file of rules/.
    const exporting = SOURCES.filter((file) => !isIn(file, "policy/rules"));
    const unused = exporting.flatMap((file) =>
      [...read(file).matchAll(/^export (?:async )?(?:const|function|class) (\w+)/gm)]
        .flatMap(([, name = ""]) => name)
        .filter((name) => users.get(name) === 1)
        .filter((name) => !tested.has(name) || words.get(file)?.filter((word) => word === name).length === 1)
        .map((name) => `${file} ${name}`),
    );
    assert.deepEqual(unused, Object.keys(USED_FROM_OUTSIDE));
  });

  it("read options of the command line by `command()`", () => {
    const found = SOURCES.filter((file) => /\bparseArgs\b/.test(read(file)));
    assert.deepEqual(found, ["local/cli/command.ts"]);
  });
});

/** Lists the files that a `tsconfig.json` is about; absolute. */
function filesOf(config: string): string[] {
  const file = path.join(ROOT, config);
  const { config: settings } = ts.readConfigFile(file, ts.sys.readFile);
  return ts.parseJsonConfigFileContent(settings, ts.sys, path.dirname(file)).fileNames.map(path.normalize);
}

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), "utf8");
}

function isIn(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`);
}

/** Lists what a file imports; relative paths from the project's root. */
function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(path.join(ROOT, file), "utf8"),
    ts.ScriptTarget.Latest,
  );
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const clause = ts.isImportDeclaration(node) ? node.importClause : undefined;
      const elements =
        clause?.namedBindings && ts.isNamedImports(clause.namedBindings)
          ? clause.namedBindings.elements
          : undefined;
      const typeOnly =
        (ts.isExportDeclaration(node) ? node.isTypeOnly : clause?.isTypeOnly) ||
        (elements?.length !== undefined &&
          clause?.name === undefined &&
          elements.every(({ isTypeOnly }) => isTypeOnly));
      add((node.moduleSpecifier as ts.StringLiteral).text, typeOnly ?? false);
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add((node.argument.literal as ts.StringLiteral).text, true);
    }
    ts.forEachChild(node, visit);
  };
  const add = (specifier: string, typeOnly: boolean) => {
    const to = specifier.startsWith(".") ? path.posix.join(path.dirname(file), specifier) : specifier;
    found.push({ from: file, to, typeOnly });
  };
  visit(source);
  return found;
}
