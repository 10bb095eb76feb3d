import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { readCard } from "../../infra/readCard";
import { temporaryFolder } from "../helpers/process/temporaryFolder";

const FUNCTIONS = path.resolve(__dirname, "../../functions");
const IRIS = JSON.parse(fs.readFileSync(path.join(FUNCTIONS, "iris/model/card.json"), "utf8"));

describe("A card", () => {
  const parent = temporaryFolder();

  /** Reads a card of this text from the folder `iris`, and gives what is said about it after its file's name. */
  function rejection(text: string): string {
    const folder = path.join(parent, "iris");
    fs.mkdirSync(path.join(folder, "model"), { recursive: true });
    fs.writeFileSync(path.join(folder, "model", "card.json"), text);
    try {
      readCard(folder);
    } catch (error) {
      const [, said = ""] = (error as Error).message.match(/iris\/model\/card\.json(.*)$/s) ?? [];
      return said;
    }
    return "nothing refused";
  }
  const without = (member: string) => JSON.stringify({ ...IRIS, [member]: undefined });

  it("of every endpoint is as its schema says", () => {
    const names = fs
      .readdirSync(FUNCTIONS)
      .filter((name) => fs.existsSync(path.join(FUNCTIONS, name, "model")));
    assert.ok(names.length >= 6);
    for (const name of names) assert.equal(readCard(path.join(FUNCTIONS, name)).name, name);
    assert.equal(rejection(JSON.stringify(IRIS)), "nothing refused");
  });

  const EXAMPLE = " functions/iris/model/card.json is an example.";
  const cases: readonly (readonly [what: string, card: string, said: string | RegExp])[] = [
    ["not JSON", "{", /^ is not JSON: .+\.$/],
    ["without samples", without("samples"), `: \`samples\` is missing.${EXAMPLE}`],
    ["without a description", without("description"), `: \`description\` is missing.${EXAMPLE}`],
    [
      "with an empty list of samples",
      JSON.stringify({ ...IRIS, samples: [] }),
      `: \`samples.0\` is missing.${EXAMPLE}`,
    ],
    [
      "with a sample without a status",
      JSON.stringify({ ...IRIS, samples: [{ request: {}, answer: {} }] }),
      `: \`samples.0.answer.status\` is missing.${EXAMPLE}`,
    ],
    [
      "with the name of another folder",
      JSON.stringify({ ...IRIS, name: "lily" }),
      ': `name` is "lily"; it must be "iris", as its folder is called.',
    ],
    [
      "with nothing in it",
      "{}",
      /^: `name` is missing; `title` is missing; `description` is missing; and 9 more\. /,
    ],
  ];
  for (const [what, card, said] of cases) {
    it(`fails with its file and field: ${what}`, () => {
      if (typeof said === "string") assert.equal(rejection(card), said);
      else assert.match(rejection(card), said);
    });
  }
});
