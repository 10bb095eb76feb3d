import assert from "node:assert/strict";
import { freePorts } from "../helpers/cloud/freePorts";
import { TinyProgram } from "../helpers/engine/tinyProgram";
import { type RunningCommand, runCommand } from "../helpers/process/runCommand";

const LOCAL = "bin/local.ts";

describe("npm run local", () => {
  const program = new TinyProgram();
  const withoutPulumi = { ...process.env, PATH: "" };

  it("-- up asks for a local cloud where none runs", async () => {
    const up = runCommand(LOCAL, ["up"], program.folder, withoutPulumi);
    assert.equal(await up.exit, 1);
    assert.equal(
      up.output(),
      "No local cloud runs here: start it with `npm run local` in another terminal.\n",
    );
  });

  it("rejects a port that is not a number", async () => {
    const cloud = runCommand(LOCAL, ["--port", "x"], program.folder);
    assert.equal(await cloud.exit, 2);
    assert.equal(cloud.output(), '--port must be a whole number from 1024 to 65000, is "x".\n');
  });

  describe("while it serves", () => {
    let cloud: RunningCommand;

    before(async () => {
      program.write("exports.role = role.name;");
      cloud = runCommand(LOCAL, ["--port", String(await freePorts())], program.folder);
      await cloud.printed(/The local cloud runs; nothing is deployed in it\./);
    });
    after(async () => {
      cloud.process.kill("SIGINT");
      assert.equal(await cloud.exit, 0);
    });

    it("prints the administrator's key, for S3 and for what takes signed requests only", () => {
      assert.match(
        cloud.output(),
        /^ {2}export AWS_ACCESS_KEY_ID=AKIA\w{16} AWS_SECRET_ACCESS_KEY=\S{40} AWS_SESSION_TOKEN=\n {2}export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1 AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+\n[\s\S]*eval "\$\(npm run -s env -- --data \.paddock\/local\)"/m,
      );
    });

    it("refuses to run a second time on the same data", async () => {
      const second = runCommand(LOCAL, [], program.folder);
      assert.equal(await second.exit, 1);
      assert.match(
        second.output(),
        /^A local cloud runs already on .*, as process \d+: stop that first\.\n$/,
      );
    });

    it("-- up says what to install where pulumi is missing", async () => {
      const up = runCommand(LOCAL, ["up"], program.folder, withoutPulumi);
      assert.equal(await up.exit, 1);
      assert.equal(
        up.output(),
        "There is no `pulumi` on PATH: install the Pulumi CLI (https://www.pulumi.com/docs/install/), or serve the stack without it by `npm start`.\n",
      );
    });

    it("-- up makes no stack from a mistyped name", async () => {
      const up = runCommand(LOCAL, ["up", "--stack", "prd"], program.folder, withoutPulumi);
      assert.equal(await up.exit, 1);
      assert.equal(up.output(), 'There is no stack "prd": write its settings to Pulumi.prd.yaml first.\n');
    });
  });
});
