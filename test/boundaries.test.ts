import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

const ROOT = path.resolve(__dirname, "..");
const FOLDERS = ["infra", "functions", "policy", "local", "bin", "test", "bench"];

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const imports = FOLDERS.filter((folder) => fs.existsSync(path.join(ROOT, folder))).flatMap((folder) =>
  fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes("node_modules"))
    .flatMap((file) => importsOf(path.join(folder, file))),
);

describe("imports", () => {
  it("are found at all", () => {
    assert.ok(
      imports.some(({ from, to }) => from === "infra/endpoint.ts" && to === "infra/inferenceFunction"),
    );
  });

  it("of infra/ take nothing of functions/ but types", () => {
    assert.deepStrictEqual(
      offenders("infra", (to, typeOnly) => isIn(to, "functions") && !typeOnly),
      [],
    );
  });

  it("of functions/ never reach Pulumi, infra/ or local/", () => {
    const forbidden = (to: string) =>
      to.startsWith("@pulumi/") || ["infra", "local", "policy"].some((f) => isIn(to, f));
    assert.deepStrictEqual(offenders("functions", forbidden), []);
  });

  it("of functions/ take of another endpoint nothing: what two need is shared", () => {
    const across = imports.filter(({ from, to }) => {
      const [, own] = from.split("/");
      const [folder, other] = to.split("/");
      return isIn(from, "functions") && folder === "functions" && other !== own && other !== "shared";
    });
    assert.deepStrictEqual(across, []);
  });

  for (const folder of ["policy", "local"]) {
    it(`of ${folder}/ never reach infra/ or functions/`, () => {
      assert.deepStrictEqual(
        offenders(folder, (to) => isIn(to, "infra") || isIn(to, "functions")),
        [],
      );
    });
  }

  it("of local/ come from bin/, test/, bench/ and local/ itself alone", () => {
    const users = imports.filter(
      ({ from, to }) => isIn(to, "local") && !/^(local|bin|test|bench)\//.test(from),
    );
    assert.deepStrictEqual(users, []);
  });

  it("go in no circles, types included", () => {
    assert.deepStrictEqual(circles(), []);
  });

  it("load the AWS SDK from one file alone, which is loaded when first needed", () => {
    const users = imports.filter(
      ({ from, to, typeOnly }) => isIn(from, "functions") && to.startsWith("@aws-sdk/") && !typeOnly,
    );
    assert.deepStrictEqual(
      users.map(({ from }) => from).filter((from) => from !== "functions/shared/awsClients.ts"),
      [],
    );
  });
});

function offenders(folder: string, forbidden: (to: string, typeOnly: boolean) => boolean): Import[] {
  return imports.filter(({ from, to, typeOnly }) => isIn(from, folder) && forbidden(to, typeOnly));
}

function isIn(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/`);
}

/** Each circle of files that import each other, from any file of it on. */
function circles(): string[][] {
  const nameOf = (file: string) => file.replace(/(\/index)?(\.ts)?$/, "");
  const imported = new Map<string, string[]>();
  for (const { from, to } of imports) {
    imported.set(nameOf(from), [...(imported.get(nameOf(from)) ?? []), nameOf(to)]);
  }
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at >= 0) found.push(way.slice(at));
    if (at >= 0 || done.has(file)) return;
    for (const to of imported.get(file) ?? []) visit(to, [...way, file]);
    done.add(file);
  };
  for (const file of imported.keys()) visit(file, []);
  return found;
}

/** What a file imports; relative paths from the project's root. */
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
