import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { AddressBook } from "../../../local/cloud/addressBook";
import { processStart } from "../../../local/cloud/processStart";
import {
  claimDataFolder,
  readRunningCloud,
  removeRunningCloud,
  writeRunningCloud,
} from "../../../local/cloud/runningCloud";
import { DeploymentStore } from "../../../local/engine/deploymentStore";
import { isInState } from "../../../local/engine/stateFile";
import { AccessKeyRing } from "../../../local/services/iam/accessKeyRing";
import { VersionLedger } from "../../../local/services/lambda/versionLedger";
import { temporaryFolder } from "../../helpers/process/temporaryFolder";

const OUTPUTS = { outputs: { apiUrl: "http://127.0.0.1:4100" }, region: "us-east-1" };

describe("A data folder", () => {
  let dataDir: string;
  let other: ReturnType<typeof spawn>;
  let otherPid: number;
  before(() => {
    other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    otherPid = Number(other.pid);
  });
  after(async () => {
    other.kill();
    await once(other, "exit");
  });
  beforeEach(() => {
    dataDir = temporaryFolder();
  });

  /** `running.json` as another process would have written it. */
  function heldBy(pid: number, started: string | undefined): void {
    fs.writeFileSync(path.join(dataDir, "running.json"), JSON.stringify({ ...OUTPUTS, pid, started }));
  }

  it("is taken by one process, which is named to the next", () => {
    heldBy(otherPid, processStart(otherPid));
    assert.throws(() => claimDataFolder(dataDir), {
      message: `A local cloud runs already on ${dataDir}, as process ${otherPid}: stop that first.`,
    });
    assert.equal(readRunningCloud(dataDir)?.pid, otherPid);
  });

  it("is free again where another process has the id of the one that was killed", () => {
    heldBy(otherPid, "an earlier start");
    assert.equal(readRunningCloud(dataDir), undefined);
    claimDataFolder(dataDir);
  });

  it("is free where the process is gone, and where `running.json` is damaged", () => {
    for (const left of [JSON.stringify({ ...OUTPUTS, pid: 2 ** 22 + 1 }), '{"pid": 1']) {
      fs.writeFileSync(path.join(dataDir, "running.json"), left);
      assert.equal(readRunningCloud(dataDir), undefined);
      claimDataFolder(dataDir);
    }
  });

  it("serves nothing yet when it was taken, and does when the process says so", () => {
    claimDataFolder(dataDir);
    assert.equal(readRunningCloud(dataDir), undefined);
    writeRunningCloud(dataDir, OUTPUTS);
    assert.deepEqual(readRunningCloud(dataDir)?.outputs, OUTPUTS.outputs);
    removeRunningCloud(dataDir);
    assert.equal(readRunningCloud(dataDir), undefined);
  });

  it("is not taken while another process takes it, and is once that died meanwhile", () => {
    const claim = path.join(dataDir, "claim");
    fs.mkdirSync(claim);
    assert.throws(() => claimDataFolder(dataDir), {
      message: `Another local cloud starts on ${dataDir}: stop that first.`,
    });
    fs.utimesSync(claim, 0, 0);
    claimDataFolder(dataDir);
  });

  const URN = "urn:pulumi:local::paddock::aws:iam/role:Role::role";
  const readers: [file: string, cure: string, read: () => unknown][] = [
    ["ports.json", "delete it, and every address is chosen anew", () => new AddressBook(dataDir, 4100)],
    [
      "resources.json",
      "delete the folder that it is in, and deploy the stacks anew",
      () => new DeploymentStore(dataDir),
    ],
    [
      "state/.pulumi/stacks/paddock/local.json",
      "put back the copy beside it that ends in .bak",
      () => isInState(dataDir, URN, "role"),
    ],
    [
      "versions.json",
      "delete it, and versions of functions and layers are counted from 1 again",
      () => new VersionLedger(path.join(dataDir, "versions.json")),
    ],
    [
      "root.json",
      "delete it, and the administrator gets another key",
      () => new AccessKeyRing(path.join(dataDir, "root.json"), "arn:aws:iam::123456789012:root"),
    ],
  ];
  for (const [name, cure, read] of readers) {
    it(`with a damaged ${name} fails with the file's name and what to do`, () => {
      const file = path.join(dataDir, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      for (const damaged of ["", '{"a": ', "null"]) {
        fs.writeFileSync(file, damaged);
        assert.throws(read, (error: Error) => {
          assert.ok(error.message.startsWith(`${file} is damaged (`), error.message);
          assert.ok(error.message.endsWith(`): ${cure}.`), error.message);
          return true;
        });
      }
    });
  }
});
