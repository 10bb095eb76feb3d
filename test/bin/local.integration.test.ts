import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { freePorts } from "../helpers/cloud/freePorts";
import { describeEngine } from "../helpers/engine/describeEngine";
import { pulumiFolder } from "../helpers/engine/pulumiFolder";
import { TinyProgram } from "../helpers/engine/tinyProgram";
import { type RunningCommand, runCommand } from "../helpers/process/runCommand";

const LOCAL = "bin/local.ts";

describe("npm run local", () => {
  const program = new TinyProgram();
  const withoutPulumi = { ...process.env, PATH: "" };

  it("-- up asks for a local cloud where none runs", async () => {
    const up = runCommand(LOCAL, ["up"], program.folder, withoutPulumi);
    assert.strictEqual(await up.exit, 1);
    assert.strictEqual(
      up.output(),
      "No local cloud runs here: start it with `npm run local` in another terminal.\n",
    );
  });

  it("refuses a port that is none", async () => {
    const cloud = runCommand(LOCAL, ["--port", "x"], program.folder);
    assert.strictEqual(await cloud.exit, 1);
    assert.strictEqual(cloud.output(), '--port must be a whole number from 1 to 65000, is "x".\n');
  });

  describe("while it serves", () => {
    let cloud: RunningCommand;

    before(async () => {
      program.write("exports.role = role.name;");
      cloud = runCommand(LOCAL, ["--port", String(await freePorts())], program.folder);
      await cloud.printed(/The local cloud runs; nothing stands in it\./);
    });
    after(async () => {
      cloud.process.kill("SIGINT");
      assert.strictEqual(await cloud.exit, 0);
    });

    it("prints the administrator's key, for S3 and for what takes signed requests alone", () => {
      assert.match(
        cloud.output(),
        /^ {2}export AWS_ACCESS_KEY_ID=AKIA\w{16} AWS_SECRET_ACCESS_KEY=\S{40} AWS_SESSION_TOKEN=\n {2}aws s3 ls --endpoint-url http:\/\/127\.0\.0\.1:\d+$/m,
      );
    });

    it("refuses to run a second time on the same data", async () => {
      const second = runCommand(LOCAL, [], program.folder);
      assert.strictEqual(await second.exit, 1);
      assert.match(second.output(), /^A local cloud runs already, as process \d+: stop that first\.\n$/);
    });

    it("-- up says what to install where there is no pulumi", async () => {
      const up = runCommand(LOCAL, ["up"], program.folder, withoutPulumi);
      assert.strictEqual(await up.exit, 1);
      assert.strictEqual(
        up.output(),
        "There is no `pulumi` on PATH: install the Pulumi CLI (https://www.pulumi.com/docs/install/), or serve the stack without it by `npm start`.\n",
      );
    });

    it("-- up makes no stack of a name that was mistyped", async () => {
      const up = runCommand(LOCAL, ["up", "--stack", "prd"], program.folder, withoutPulumi);
      assert.strictEqual(await up.exit, 1);
      assert.strictEqual(
        up.output(),
        'There is no stack "prd": write its settings to Pulumi.prd.yaml first.\n',
      );
    });

    describeEngine("npm run local", () => {
      const pulumi = async (...args: string[]) => {
        const env = { ...process.env, PATH: `${pulumiFolder()}${path.delimiter}${process.env.PATH}` };
        const command = runCommand(LOCAL, [...args, "--non-interactive"], program.folder, env);
        assert.strictEqual(await command.exit, 0, command.output());
        return command.output();
      };

      it("deploys the stack local, prints its outputs and destroys it", async () => {
        assert.match(await pulumi("up", "--yes", "--skip-preview"), /aws:iam:Role hello created/);
        assert.match(await pulumi("stack", "output", "role"), /^hello-[0-9a-f]{7}\n$/);
        assert.match(await pulumi("destroy", "--yes", "--skip-preview"), /2 deleted/);
      });

      it("imports what stands, without a program's text, of which the provider has no schema", async () => {
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
        assert.strictEqual(await pulumi("stack", "output", "settings", "--stack", "other"), "host a b\n");
        await pulumi("destroy", "--yes", "--skip-preview", "--stack", "other");
        assert.strictEqual(fs.readFileSync(file, "utf8"), settings);
      });

      it("refuses a stack with secrets, which are encrypted for AWS", async () => {
        const file = path.join(program.folder, "Pulumi.secret.yaml");
        fs.writeFileSync(file, "config:\n  tiny:key:\n    secure: v1:abc\n");
        const up = runCommand(LOCAL, ["up", "--stack", "secret"], program.folder);
        assert.strictEqual(await up.exit, 1);
        assert.strictEqual(
          up.output(),
          "Pulumi.secret.yaml: `tiny:key` is encrypted for AWS: use a stack without secrets here.\n",
        );
        fs.rmSync(file);
      });

      it("writes beside its own data nothing but the stacks' files", () => {
        assert.deepStrictEqual(fs.readdirSync(program.folder).sort(), [
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
  });
});
