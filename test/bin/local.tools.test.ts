import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { freePorts } from "../helpers/cloud/freePorts";
import { describeEngine } from "../helpers/engine/describeEngine";
import { pulumiFolder } from "../helpers/engine/pulumiFolder";
import { TinyProgram } from "../helpers/engine/tinyProgram";
import { type RunningCommand, runCommand } from "../helpers/process/runCommand";

const LOCAL = "bin/local.ts";

describeEngine("npm run local", () => {
  const program = new TinyProgram();
  let cloud: RunningCommand;

  before(async () => {
    program.write("exports.role = role.name;");
    cloud = runCommand(LOCAL, ["--port", String(await freePorts())], program.folder);
    await cloud.printed(/The local cloud runs/);
  });
  after(async () => {
    cloud.process.kill("SIGINT");
    assert.equal(await cloud.exit, 0);
  });

  const pulumi = async (...args: string[]) => {
    const env = { ...process.env, PATH: `${pulumiFolder()}${path.delimiter}${process.env.PATH}` };
    const command = runCommand(LOCAL, [...args, "--non-interactive"], program.folder, env);
    assert.equal(await command.exit, 0, command.output());
    return command.output();
  };

  it("deploys the stack local, prints its outputs and destroys it", async () => {
    assert.match(await pulumi("up", "--yes", "--skip-preview"), /aws:iam:Role hello created/);
    assert.match(await pulumi("stack", "output", "role"), /^hello-[0-9a-f]{7}\n$/);
    assert.match(await pulumi("destroy", "--yes", "--skip-preview"), /2 deleted/);
  });

  it("has a page of what is deployed, with what the engine says that it depends on", async () => {
    program.write(`
      const Statement = [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }];
      const policy = JSON.stringify({ Version: "2012-10-17", Statement });
      new aws.iam.RolePolicy("list", { role: role.name, policy });
    `);
    await pulumi("up", "--yes", "--skip-preview");
    const [, address, secret] = /page {2}(http:\S+)\/#secret=(\S+)/.exec(cloud.output()) ?? [];
    const get = (path: string) =>
      fetch(address + path, { headers: { authorization: `Bearer ${secret}` } }).then((response) =>
        response.json(),
      );
    const resources = (await get("/api/resources")) as {
      urn: string;
      name: string;
      dependencies: string[];
    }[];
    const role = resources.find(({ name }) => name === "hello");
    const policy = resources.find(({ name }) => name === "list");
    assert.deepEqual([role?.dependencies, policy?.dependencies], [[], [role?.urn]]);
    assert.match(((await get("/api/openapi")) as { message: string }).message, /^Only the engine knows/);
    await pulumi("destroy", "--yes", "--skip-preview");
    assert.deepEqual(await get("/api/resources"), []);
    program.write("exports.role = role.name;");
  });

  it("imports what is deployed, without a program's text, for which the provider has no schema", async () => {
    await pulumi("up", "--yes", "--skip-preview");
    const [name] = (await pulumi("stack", "output", "role")).split("\n");
    assert.match(await pulumi("import", "aws:iam/role:Role", "again", name ?? "", "--yes"), /1 imported/);
    await pulumi("state", "unprotect", "--all", "--yes");
    await pulumi("destroy", "--yes", "--skip-preview");
  });

  it("removes a stack and keeps its file, which is the project's", async () => {
    const file = path.join(program.folder, "Pulumi.local.yaml");
    fs.appendFileSync(file, "config:\n  tiny:kept: yes\n");
    await pulumi("stack", "rm", "--yes");
    assert.match(fs.readFileSync(file, "utf8"), /tiny:kept/);
  });

  it("deploys another stack that --stack names for this machine, and leaves its file as it is", async () => {
    const file = path.join(program.folder, "Pulumi.other.yaml");
    const settings = "config:\n  # of AWS\n  tiny:platform: lambda\n  tiny:tags: [a, b]\n";
    fs.writeFileSync(file, settings);
    program.write(`
      const config = new pulumi.Config();
      exports.settings = [config.get("platform"), ...config.requireObject("tags")].join(" ");
    `);
    await pulumi("up", "--yes", "--skip-preview", "--stack", "other");
    assert.equal(await pulumi("stack", "output", "settings", "--stack", "other"), "host a b\n");
    await pulumi("destroy", "--yes", "--skip-preview", "--stack", "other");
    assert.equal(fs.readFileSync(file, "utf8"), settings);
  });

  it("rejects a stack with secrets, which are encrypted for AWS", async () => {
    const file = path.join(program.folder, "Pulumi.secret.yaml");
    fs.writeFileSync(file, "config:\n  tiny:key:\n    secure: v1:abc\n");
    const up = runCommand(LOCAL, ["up", "--stack", "secret"], program.folder);
    assert.equal(await up.exit, 1);
    assert.equal(
      up.output(),
      "Pulumi.secret.yaml: `tiny:key` is encrypted for AWS: use a stack without secrets here.\n",
    );
    fs.rmSync(file);
  });

  it("writes beside its own data nothing but the stacks' files", () => {
    assert.deepEqual(fs.readdirSync(program.folder).sort(), [
      ".paddock",
      "Pulumi.local.yaml",
      "Pulumi.other.yaml",
      "Pulumi.yaml",
      "index.js",
      "node_modules",
      "package.json",
    ]);
  });
});
