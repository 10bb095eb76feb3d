import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { Evaluator } from "../../../local/program/evaluator";
import { readStackConfig } from "../../../local/program/stackConfig";
import { writeProject } from "../../helpers/program/writeProject";

/** A program that counts its evaluations, and packs `packed.ts` and `both.ts`, the latter of which it runs, too. */
const PROGRAM = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import fs from "node:fs";
import path from "node:path";
import { description } from "./both";

fs.appendFileSync(path.join(__dirname, "evaluations"), ".");
const packages: object[] = ((globalThis as Record<symbol, object[]>)[Symbol.for("paddock.packages")] ??= []);
const sources = ["packed.ts", "both.ts", "data.json"].map((file) => path.join(__dirname, file));
const write = () => {
  const source = fs.readFileSync(sources[0], "utf8");
  if (source.includes("broken")) throw new Error("packed.ts is broken");
  const archive = path.join(__dirname, source.length + ".zip");
  fs.writeFileSync(archive, source);
  return archive;
};
const kept = { archive: write(), sources, again: async () => ((kept.archive = write()), !kept.archive.endsWith("/3.zip")) };
packages.push(kept);
new aws.lambda.Function("f", { role: "r", runtime: "nodejs22.x", handler: "i.h", description, code: new pulumi.asset.FileArchive(kept.archive) });
`;

describe("an evaluator", () => {
  let folder: string;
  let evaluator: Evaluator;
  const place = { accountId: "123456789012", region: "eu-west-1" };
  const evaluations = () => fs.readFileSync(path.join(folder, "evaluations"), "utf8").length;

  before(() => {
    folder = fs.realpathSync(
      writeProject(PROGRAM, { "packed.ts": "first", "both.ts": 'export const description = "one";' }),
    );
    evaluator = new Evaluator({});
  });
  after(() => evaluator.close());

  async function declare(files?: Readonly<Record<string, string>>) {
    for (const [file, text] of Object.entries(files ?? {})) fs.writeFileSync(path.join(folder, file), text);
    const changed = files && Object.keys(files).map((file) => path.join(folder, file));
    const request = { stackConfig: readStackConfig(folder, "dev"), place };
    const { resources, sources } = await evaluator.declare(request, { changed, keep: true });
    const { inputs, outputs } = resources.find(({ name }) => name === "f") ?? assert.fail();
    return { code: inputs.code, sha256: outputs.codeSha256, description: inputs.description, sources };
  }

  it("A program says which code it packs and does not run", async () => {
    const { code, sources } = await declare();
    assert.deepEqual(code, { archive: path.join(folder, "5.zip") });
    assert.deepEqual(sources, { [path.join(folder, "5.zip")]: [path.join(folder, "packed.ts")] });
  });

  it("Code that is only packed is packed again, and the program is not evaluated", async () => {
    const before = await declare();
    const count = evaluations();
    const after = await declare({ "packed.ts": "second one" });
    assert.deepEqual(after.code, { archive: path.join(folder, "10.zip") });
    assert.notEqual(after.sha256, before.sha256);
    assert.deepEqual(Object.keys(after.sources), [path.join(folder, "10.zip")]);
    assert.equal(evaluations(), count);
  });

  it("Code that cannot be packed is an error, and is packed when it has changed again", async () => {
    const count = evaluations();
    await assert.rejects(declare({ "packed.ts": "broken" }), {
      name: "ProgramError",
      message: "packed.ts is broken",
    });
    assert.deepEqual((await declare({ "packed.ts": "works" })).code, { archive: path.join(folder, "5.zip") });
    assert.equal(evaluations(), count);
  });

  it("Code that the program runs, too, other files, and packages that want it are evaluated", async () => {
    const count = evaluations();
    assert.equal((await declare({ "both.ts": 'export const description = "two";' })).description, "two");
    await declare({ "data.json": "{}" });
    assert.deepEqual((await declare({ "packed.ts": "new" })).code, { archive: path.join(folder, "3.zip") });
    assert.equal(evaluations(), count + 3);
  });

  it("A program that throws is evaluated again, whatever changes next", async () => {
    await assert.rejects(declare({ "both.ts": "throw new Error('not now');" }), { message: "not now" });
    fs.writeFileSync(path.join(folder, "both.ts"), 'export const description = "three";');
    assert.equal((await declare({ "packed.ts": "once more" })).description, "three");
  });
});
