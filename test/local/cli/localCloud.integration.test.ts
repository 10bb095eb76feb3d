import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { LocalCloud } from "../../../local/cli/localCloud";
import { freePorts } from "../../helpers/cloud/freePorts";
import { writeProject } from "../../helpers/program/writeProject";
import { zipFunction } from "../../helpers/services/zipFunction";

/** A program with one function behind a URL; the archive's path and a name come from the program's folder. */
const PROGRAM = `
import fs from "node:fs";
import path from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const { archive, names } = JSON.parse(fs.readFileSync(path.join(__dirname, "functions", "declared.json"), "utf8"));
const role = new aws.iam.Role("role", { assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }) });

function serve(name: string) {
  const fn = new aws.lambda.Function(name, {
    role: role.arn,
    runtime: "nodejs22.x",
    handler: "index.handler",
    code: new pulumi.asset.FileArchive(archive),
    publish: true,
  });
  const alias = new aws.lambda.Alias(name, { name: "live", functionName: fn.name, functionVersion: fn.version });
  const target = { functionName: fn.name, qualifier: alias.name };
  const url = new aws.lambda.FunctionUrl(name, { ...target, authorizationType: "NONE" });
  const everyone = { function: fn.name, qualifier: alias.name, principal: "*" };
  new aws.lambda.Permission(name + "-url", { ...everyone, action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" });
  new aws.lambda.Permission(name, { ...everyone, action: "lambda:InvokeFunction", invokedViaFunctionUrl: true });
  return url.functionUrl;
}

export = Object.fromEntries(names.map((name: string) => [name, serve(name)]));
`;

const handlerOf = (response: string) =>
  `exports.handler = async () => ({ statusCode: 200, body: ${JSON.stringify(response)} });`;

describe("LocalCloud", () => {
  let projectDir: string;
  let cloud: LocalCloud;
  const updates: (readonly string[])[] = [];

  async function declareFunctions(names: readonly string[], response: string): Promise<void> {
    const archive = await zipFunction(path.join(projectDir, `${response}.zip`), {
      "index.js": handlerOf(response),
    });
    fs.mkdirSync(path.join(projectDir, "functions"), { recursive: true });
    fs.writeFileSync(path.join(projectDir, "functions", "declared.json"), JSON.stringify({ archive, names }));
  }

  const get = async (name: string) => (await fetch(String(cloud.outputs[name]))).text();

  before(async () => {
    projectDir = writeProject(PROGRAM);
    await declareFunctions(["one", "two"], "first");
    cloud = await LocalCloud.start({
      projectDir,
      stack: "dev",
      basePort: await freePorts(),
      config: {},
      onUpdate: (files) => updates.push(files),
    });
  });
  after(() => cloud.close());

  it("serves what is declared, at ports in the order of the names", async () => {
    assert.deepEqual([await get("one"), await get("two")], ["first", "first"]);
    const [one, two] = ["one", "two"].map((name) => Number(new URL(String(cloud.outputs[name])).port));
    assert.equal(two, (one as number) + 1);
  });

  it("answers the next request after a change of the sources by the changed ones", async () => {
    await declareFunctions(["one", "two"], "second");
    // A save by way of a temporary file, which is gone again.
    cloud.sourcesChanged({ file: "functions/declared.json.tmp", kind: "added" });
    cloud.sourcesChanged({ file: "functions/declared.json", kind: "changed" });
    assert.equal(await get("one"), "second");
    assert.deepEqual(updates, [["functions/declared.json"]]);
  });

  it("An update of the local cloud changes only what changed", async () => {
    await declareFunctions(["one", "two", "a-third"], "second");
    assert.deepEqual(await cloud.update(), {
      created: ["a-third", "a-third", "a-third-url", "a-third", "a-third"],
      updated: [],
      deleted: [],
    });
    assert.deepEqual(await cloud.update(), { created: [], updated: [], deleted: [] });
  });

  it("keeps the addresses of the others when one comes or goes", async () => {
    const before = cloud.outputs.two;
    await declareFunctions(["two"], "second");
    await cloud.update();
    assert.deepEqual([cloud.outputs.one, cloud.outputs.two], [undefined, before]);
    await declareFunctions(["one", "two"], "second");
    await cloud.update();
    assert.equal(await get("one"), "second");
  });

  it("keeps serving what is deployed when the program throws", async () => {
    const file = path.join(projectDir, "index.ts");
    fs.writeFileSync(file, `throw new Error("out of hay");`);
    await assert.rejects(cloud.update(), { message: "out of hay" });
    assert.equal(await get("one"), "second");
    fs.writeFileSync(file, PROGRAM);
    await cloud.update();
    assert.equal(await get("one"), "second");
  });
});
