import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { sourcesIn } from "./helpers/sources/sourcesIn";

const ROOT = path.resolve(__dirname, "..");
const FOLDERS = ["bin", "functions", "infra", "local", "policy"];

type Word = readonly [word: RegExp, instead: string];

/** Words of the project's own where AWS and Pulumi have one, and theirs. */
const INSTEAD: readonly Word[] = [
  [/asWritten/i, "genericType"],
  [/checkAmong/i, "validateAgainst"],
  [/collides/i, "needsDeleteBeforeReplace"],
  [/goesWith/i, "deletedWithOwner"],
  [/happening/i, "event"],
  [/leftBehind/i, "orphan"],
  [/neighbour/i, "sibling"],
  [/standing/i, "live, deployed"],
  [/stands/i, "is live, is deployed"],
  [/surroundings/i, "context, dependencies"],
];
/** The same for identifiers; messages may use them as verbs. */
const IN_NAMES: readonly Word[] = [
  [/answer/i, "response"],
  [/picture/i, "image"],
  [/refusal/i, "rejection"],
  [/(?<!con)texts/i, "strings"],
];
/** Names that callers see: members of cards and of a batch's lines. */
const SEEN_BY_CALLERS: ReadonlySet<string> = new Set(["answer"]);

describe("identifiers and messages", () => {
  it("use AWS's and Pulumi's words", () => {
    const files = FOLDERS.flatMap(sourcesIn);
    const found = files
      .map((file) => ({ file, words: wordsOf(file) }))
      .filter(({ words }) => words.length > 0);
    assert.deepEqual(found, []);
  });
});

describe("doc comments", () => {
  it("begin with a verb or the thing's name", () => {
    const found = [...FOLDERS, "bench", "test"].flatMap(sourcesIn).flatMap((file) => {
      const text = fs.readFileSync(path.join(ROOT, file), "utf8");
      return [...text.matchAll(/\/\*\*[\s*]*((?:As|By|Of|What|Where|With) .*)/g)].map(
        ([, comment]) => `${file}: ${comment}`,
      );
    });
    assert.deepEqual(found, []);
  });
});

/** Identifiers and strings of a file that hold such a word, with what to write instead. */
function wordsOf(file: string): string[] {
  const source = ts.createSourceFile(
    file,
    fs.readFileSync(path.join(ROOT, file), "utf8"),
    ts.ScriptTarget.Latest,
  );
  const found = new Set<string>();
  const look = (text: string, instead: readonly Word[]) => {
    const [, cure] = instead.find(([word]) => word.test(text)) ?? [];
    if (cure !== undefined) found.add(`"${text.slice(0, 60)}" (${cure})`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) {
      look(node.text, SEEN_BY_CALLERS.has(node.text) ? INSTEAD : [...INSTEAD, ...IN_NAMES]);
    } else if (
      (ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node)) &&
      !node.text.startsWith(".")
    ) {
      look(node.text, INSTEAD);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found];
}
