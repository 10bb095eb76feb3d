import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";

const ROOT = path.resolve(__dirname, "..");
const FOLDERS = ["bin", "functions", "infra", "local", "policy"];

/** Words of the project's own where AWS and Pulumi have one, and theirs. */
const INSTEAD: Readonly<Record<string, string>> = {
  asWritten: "genericType",
  checkAmong: "validateAgainst",
  collides: "needsDeleteBeforeReplace",
  goesWith: "deletedWithOwner",
  happening: "event",
  leftBehind: "orphan",
  neighbour: "sibling",
  standing: "live, deployed",
  stands: "is live, is deployed",
  surroundings: "context, dependencies",
};
const WORDS = new RegExp(Object.keys(INSTEAD).join("|"), "i");

describe("identifiers and messages", () => {
  it("use AWS's and Pulumi's words", () => {
    const files = FOLDERS.flatMap(sourcesOf);
    const found = files
      .map((file) => ({ file, words: wordsOf(file) }))
      .filter(({ words }) => words.length > 0);
    assert.deepEqual(found, []);
  });
});

function sourcesOf(folder: string): string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes("node_modules"))
    .map((file) => path.posix.join(folder, file.split(path.sep).join("/")));
}

/** Identifiers and texts of a file that hold such a word, with what to write instead. */
function wordsOf(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(path.join(ROOT, file), "utf8"),
    ts.ScriptTarget.Latest,
  );
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    const text =
      ts.isIdentifier(node) || ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)
        ? node.text
        : "";
    const [word] = text.match(WORDS) ?? [];
    const isPath = text.startsWith(".");
    if (word !== undefined && !isPath) {
      const [, cure] =
        Object.entries(INSTEAD).find(([name]) => name.toLowerCase() === word.toLowerCase()) ?? [];
      found.add(`"${text.slice(0, 60)}" (${cure})`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found];
}
