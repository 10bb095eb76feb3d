import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { check } from "recheck";
import ts from "typescript";
import { sourcesIn } from "./helpers/sources/sourcesIn";

const ROOT = path.resolve(__dirname, "..");

/** Sources that meet callers' text: all functions, and the services that take their requests. */
const FOLDERS = ["functions", "local"];

/** Expressions that meet no caller's text, by the beginning of their files, with what they meet. */
const NOT_OF_CALLERS: ReadonlyMap<string, string> = new Map([
  ["local/page/client/", "what its own user gives a page in the browser"],
  ["local/program/", "the program's own source, its types and its errors"],
  ["local/services/gateway/rest/mockResponse.ts", "a selection pattern that the program declares"],
]);
const isNotOfCallers = (at: string) => [...NOT_OF_CALLERS.keys()].some((begin) => at.startsWith(begin));

/**
 * Bounds the search for a text that an expression takes long for by the characters that are read. By the default, time,
 * what a busy machine reads slowly is slow.
 */
const BY_CHARACTERS = { timeout: null, attackTimeout: null, incubationTimeout: null };

interface Found {
  readonly source: string;
  readonly flags: string;
  readonly at: string;
}

/** Finds the regular expressions of a file, as literals or made of text. */
function expressionsOf(file: string): Found[] {
  const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const visit = (node: ts.Node) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    const at = `${path.relative(ROOT, file)}:${line + 1}`;
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf("/");
      const [expression, flags] = [node.text.slice(1, end), node.text.slice(end + 1)];
      // A sticky expression begins where its caller says, and nowhere else.
      const source = flags.includes("y") ? `^(?:${expression})` : expression;
      found.push({ source, flags: flags.replace("y", ""), at });
    }
    const isMade = ts.isIdentifier(node) && node.text === "RegExp" && !ts.isTypeReferenceNode(node.parent);
    if (isMade && !isNotOfCallers(at)) {
      assert.fail(`${at} makes a regular expression that cannot be checked here: write it as a literal`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe("Regular expressions of functions and of the local cloud", () => {
  const found = FOLDERS.flatMap(sourcesIn).flatMap((file) => expressionsOf(path.join(ROOT, file)));

  it("take no longer than in proportion to a caller's text", async () => {
    assert.ok(found.length > 200, `${found.length} expressions were found`);
    const slow: string[] = [];
    const once = new Map(
      found
        .filter(({ at }) => !isNotOfCallers(at))
        .map((each) => [`/${each.source}/${each.flags}`, each] as const),
    );
    for (const { source, flags, at } of once.values()) {
      const result = await check(source, flags, BY_CHARACTERS);
      if (result.status !== "safe") {
        const why = result.status === "vulnerable" ? result.complexity.summary : result.error.kind;
        slow.push(`${at} /${source}/${flags}: ${why}`);
      }
    }
    assert.deepEqual(slow, []);
  });

  it("are found slow by this check where they are", async () => {
    const { status } = await check("^\\s*(\\d+\\.?\\d*)$", "", BY_CHARACTERS);
    assert.equal(status, "vulnerable");
  });
});
